//! The columns of a table: found by name, of the right type, read row by row.

use chrono::NaiveDate;
use polars_arrow::array::{Array, DictionaryArray, PrimitiveArray, StaticArray, StructArray, Utf8Array, Utf8ViewArray};
use polars_arrow::datatypes::{ArrowDataType, Field, TimeUnit};
use polars_arrow::types::NativeType;
use pyo3::prelude::*;
use stance::date::parse_day;
use stance::words::{guess_before, listed, printable_line, shortened};

use crate::failure::{request, wrong_type};

/// The place of a column in a table.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// Which of the columns it is.
    pub at: usize,
    /// Its type.
    pub dtype: ArrowDataType,
}

/// A column by its name, or `None` if there is none.
///
/// # Errors
/// [`failure::Error`](crate::failure::Error) if 2 columns have that name.
pub fn find(fields: &[Field], name: &str) -> PyResult<Option<Place>> {
    let mut all = fields.iter().enumerate().filter(|(_, field)| field.name.as_str() == name);
    let first = all.next();
    if all.next().is_some() {
        return Err(request(format!("the table has 2 columns named `{name}`"), "rename one of them"));
    }
    Ok(first.map(|(at, field)| Place { name: name.to_owned(), at, dtype: field.dtype.clone() }))
}

/// A column that must be there. `what` says what it is for, such as `text`.
///
/// # Errors
/// As [`find`], and if there is none; the hint names the nearest.
pub fn need(fields: &[Field], name: &str, what: &str) -> PyResult<Place> {
    find(fields, name)?.ok_or_else(|| {
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let has = if names.is_empty() { "no column".to_owned() } else { listed(names.iter().copied()) };
        let hint =
            guess_before(&format!("name the column with {what}=…; the table has {has}"), name, names.into_iter());
        request(format!("the table has no column `{name}`"), hint)
    })
}

/// The type of a column in plain words.
pub fn in_words(dtype: &ArrowDataType) -> String {
    use ArrowDataType as Type;
    match dtype {
        Type::Null => "nothing but nulls".to_owned(),
        Type::Boolean => "true or false".to_owned(),
        Type::Utf8 | Type::LargeUtf8 | Type::Utf8View => "text".to_owned(),
        Type::Binary | Type::LargeBinary | Type::BinaryView | Type::FixedSizeBinary(_) => "bytes".to_owned(),
        Type::Date32 | Type::Date64 => "dates".to_owned(),
        Type::Timestamp(_, None) => "times without a zone".to_owned(),
        Type::Timestamp(_, Some(zone)) => format!("times in the zone {zone}"),
        Type::List(_) | Type::LargeList(_) | Type::FixedSizeList(..) => "lists".to_owned(),
        Type::Struct(_) | Type::Map(..) => "structs".to_owned(),
        Type::Dictionary(_, values, _) => in_words(values),
        other if is_whole(other) => "whole numbers".to_owned(),
        Type::Float16 | Type::Float32 | Type::Float64 => "numbers".to_owned(),
        other => format!("{other:?}"),
    }
}

/// Whether a type is one of those in [`Numbers`] that are whole.
pub fn is_whole(dtype: &ArrowDataType) -> bool {
    use ArrowDataType as Type;
    matches!(
        dtype,
        Type::Int8 | Type::Int16 | Type::Int32 | Type::Int64 | Type::UInt8 | Type::UInt16 | Type::UInt32 | Type::UInt64
    )
}

/// A column of text, in any of Arrow's layouts.
pub enum Strings<'a> {
    /// Without an entry: every row is null.
    Nothing,
    /// Offsets of 32 bits.
    Small(&'a Utf8Array<i32>),
    /// Offsets of 64 bits.
    Large(&'a Utf8Array<i64>),
    /// Views.
    View(&'a Utf8ViewArray),
    /// A key a row, and the texts that they stand for.
    Keyed(Vec<Option<usize>>, Box<Strings<'a>>),
}

impl Place {
    /// The column in a batch.
    pub fn of<'a>(&self, batch: &'a StructArray) -> &'a dyn Array {
        batch.values()[self.at].as_ref()
    }

    /// Checks that it holds text.
    ///
    /// # Errors
    /// `TypeError` if not.
    pub fn check_text(&self) -> PyResult<()> {
        if holds_text(&self.dtype) {
            return Ok(());
        }
        let what = format!("the column `{}` holds {}, and text is needed", self.name, in_words(&self.dtype));
        Err(wrong_type(what, "name another column, or turn it into text"))
    }

    /// The texts in a batch.
    pub fn strings<'a>(&self, batch: &'a StructArray) -> Strings<'a> {
        Strings::of(self.of(batch))
    }
}

/// Whether a type is text in one of Arrow's layouts. A column of nulls will do.
pub fn holds_text(dtype: &ArrowDataType) -> bool {
    match dtype {
        ArrowDataType::Null | ArrowDataType::Utf8 | ArrowDataType::LargeUtf8 | ArrowDataType::Utf8View => true,
        ArrowDataType::Dictionary(_, values, _) => holds_text(values),
        _ => false,
    }
}

impl<'a> Strings<'a> {
    /// The texts of an array, which must have been checked. Anything else has no text.
    pub fn of(array: &'a dyn Array) -> Strings<'a> {
        let any = array.as_any();
        if let Some(array) = any.downcast_ref() {
            return Strings::Small(array);
        }
        if let Some(array) = any.downcast_ref() {
            return Strings::Large(array);
        }
        if let Some(array) = any.downcast_ref() {
            return Strings::View(array);
        }
        macro_rules! keyed {
            ($($key:ty),*) => { $(
                if let Some(array) = any.downcast_ref::<DictionaryArray<$key>>() {
                    let keys = array.keys().iter().map(|key| usize::try_from(*key?).ok()).collect();
                    return Strings::Keyed(keys, Box::new(Strings::of(array.values().as_ref())));
                }
            )* };
        }
        keyed!(i8, i16, i32, i64, u8, u16, u32, u64);
        Strings::Nothing
    }

    /// The text of a row; `None` if it is null.
    pub fn get(&self, row: usize) -> Option<&str> {
        match self {
            Strings::Nothing => None,
            Strings::Small(array) => array.get(row),
            Strings::Large(array) => array.get(row),
            Strings::View(array) => array.get(row),
            Strings::Keyed(keys, texts) => texts.get((*keys.get(row)?)?),
        }
    }
}

/// A column of days.
pub enum Days<'a> {
    /// Days or moments as numbers, and how many make a day.
    Counted(Numbers<'a>, i64),
    /// Text such as `2025-08-15`.
    Written(Strings<'a>),
}

impl Place {
    /// Checks that it holds days.
    ///
    /// # Errors
    /// `TypeError` if not. A moment in a zone is not taken, because its day depends on the zone.
    pub fn check_days(&self) -> PyResult<()> {
        let name = &self.name;
        match &self.dtype {
            ArrowDataType::Date32 | ArrowDataType::Date64 | ArrowDataType::Timestamp(_, None) => Ok(()),
            other if holds_text(other) => Ok(()),
            ArrowDataType::Timestamp(_, Some(zone)) => {
                let what = format!("the column `{name}` holds times in the zone {zone}, and their day depends on it");
                Err(wrong_type(what, "convert them to the zone in which the words were said, and take the date"))
            }
            other => {
                let what = format!("the column `{name}` holds {}, and dates are needed", in_words(other));
                Err(wrong_type(what, "turn it into dates, or into text such as 2025-08-15"))
            }
        }
    }

    /// The days in a batch.
    pub fn days<'a>(&self, batch: &'a StructArray) -> Days<'a> {
        let array = self.of(batch);
        const DAY: i64 = 86_400;
        match &self.dtype {
            ArrowDataType::Date32 => Days::Counted(Numbers::of(array), 1),
            ArrowDataType::Date64 => Days::Counted(Numbers::of(array), DAY * 1_000),
            ArrowDataType::Timestamp(unit, _) => {
                let second = match unit {
                    TimeUnit::Second => 1,
                    TimeUnit::Millisecond => 1_000,
                    TimeUnit::Microsecond => 1_000_000,
                    TimeUnit::Nanosecond => 1_000_000_000,
                };
                Days::Counted(Numbers::of(array), DAY * second)
            }
            _ => Days::Written(Strings::of(array)),
        }
    }
}

impl Days<'_> {
    /// The day of a row; `None` if it is null.
    ///
    /// # Errors
    /// The text that is no day, with what is wrong with it.
    pub fn get(&self, row: usize) -> Result<Option<NaiveDate>, String> {
        match self {
            Days::Counted(numbers, day) => {
                let Some(number) = numbers.get(row) else { return Ok(None) };
                let days = i32::try_from(number.div_euclid(*day)).ok().and_then(NaiveDate::from_epoch_days);
                days.map(Some).ok_or_else(|| format!("`{number}` is no day of the calendar"))
            }
            Days::Written(texts) => {
                let Some(text) = texts.get(row).map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
                parse_day(text).map(Some).map_err(|_| format!("`{}` is no date", printable_line(&shortened(text, 40))))
            }
        }
    }
}

/// A column of whole numbers, in any of Arrow's sizes.
pub enum Numbers<'a> {
    /// Every row is null.
    Nothing,
    /// 8 bits.
    I8(&'a PrimitiveArray<i8>),
    /// 16 bits.
    I16(&'a PrimitiveArray<i16>),
    /// 32 bits.
    I32(&'a PrimitiveArray<i32>),
    /// 64 bits.
    I64(&'a PrimitiveArray<i64>),
    /// 8 bits, not negative.
    U8(&'a PrimitiveArray<u8>),
    /// 16 bits, not negative.
    U16(&'a PrimitiveArray<u16>),
    /// 32 bits, not negative.
    U32(&'a PrimitiveArray<u32>),
    /// 64 bits, not negative.
    U64(&'a PrimitiveArray<u64>),
    /// Floats: pandas has them where a whole number is missing.
    F64(&'a PrimitiveArray<f64>),
}

impl Place {
    /// Checks that it holds whole numbers. Floats will do: pandas turns whole numbers into floats if one is missing.
    ///
    /// # Errors
    /// `TypeError` if not.
    pub fn check_numbers(&self) -> PyResult<()> {
        let dtype = &self.dtype;
        if is_whole(dtype) || matches!(dtype, ArrowDataType::Float64 | ArrowDataType::Null) {
            return Ok(());
        }
        let what = format!("the column `{}` holds {}, and whole numbers are needed", self.name, in_words(dtype));
        Err(wrong_type(what, "name another column, or turn it into whole numbers"))
    }

    /// The numbers in a batch.
    pub fn numbers<'a>(&self, batch: &'a StructArray) -> Numbers<'a> {
        Numbers::of(self.of(batch))
    }
}

impl<'a> Numbers<'a> {
    fn of(array: &'a dyn Array) -> Numbers<'a> {
        let any = array.as_any();
        fn as_a<T: NativeType>(any: &dyn std::any::Any) -> Option<&PrimitiveArray<T>> {
            any.downcast_ref()
        }
        None.or_else(|| as_a(any).map(Numbers::I64))
            .or_else(|| as_a(any).map(Numbers::I32))
            .or_else(|| as_a(any).map(Numbers::I16))
            .or_else(|| as_a(any).map(Numbers::I8))
            .or_else(|| as_a(any).map(Numbers::U64))
            .or_else(|| as_a(any).map(Numbers::U32))
            .or_else(|| as_a(any).map(Numbers::U16))
            .or_else(|| as_a(any).map(Numbers::U8))
            .or_else(|| as_a(any).map(Numbers::F64))
            .unwrap_or(Numbers::Nothing)
    }

    /// The number of a row; `None` if it is null. A float that is no whole number, or a number that has no place in 64
    /// bits, is [`i64::MIN`], which is no position and no count.
    pub fn get(&self, row: usize) -> Option<i64> {
        match self {
            Numbers::Nothing => None,
            Numbers::I8(array) => array.get(row).map(i64::from),
            Numbers::I16(array) => array.get(row).map(i64::from),
            Numbers::I32(array) => array.get(row).map(i64::from),
            Numbers::I64(array) => array.get(row),
            Numbers::U8(array) => array.get(row).map(i64::from),
            Numbers::U16(array) => array.get(row).map(i64::from),
            Numbers::U32(array) => array.get(row).map(i64::from),
            Numbers::U64(array) => array.get(row).map(|number| i64::try_from(number).unwrap_or(i64::MIN)),
            Numbers::F64(array) => array.get(row).filter(|number| !number.is_nan()).map(|number| {
                let whole = number.fract() == 0.0 && number.abs() < 1e15;
                if whole { number as i64 } else { i64::MIN }
            }),
        }
    }
}
