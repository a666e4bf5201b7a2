//! A cell of any type, as the library reads cells of counts.

use std::borrow::Cow;

use polars_arrow::array::{BooleanArray, StructArray};
use polars_arrow::datatypes::ArrowDataType;
use stance::count::row::GivenValue;

use crate::column::{Days, Numbers, Place, Strings, holds_text, is_whole};

/// A column of cells of any type.
pub enum Values<'a> {
    /// Text.
    Texts(Strings<'a>),
    /// Whole numbers.
    Whole(Numbers<'a>),
    /// Numbers that may have a fraction.
    Floats(&'a polars_arrow::array::Float64Array),
    /// Days.
    Days(Days<'a>),
    /// True or false, which is neither a number nor a name.
    Flags(&'a BooleanArray),
    /// Anything else, by the name of its type.
    Other(String),
}

impl<'a> Values<'a> {
    /// The cells of a column in a batch.
    pub fn of(place: &Place, batch: &'a StructArray) -> Values<'a> {
        let any = place.of(batch).as_any();
        match &place.dtype {
            dtype if holds_text(dtype) => Values::Texts(place.strings(batch)),
            dtype if is_whole(dtype) => Values::Whole(place.numbers(batch)),
            ArrowDataType::Date32 | ArrowDataType::Date64 | ArrowDataType::Timestamp(_, None) => {
                Values::Days(place.days(batch))
            }
            dtype => {
                let floats = any.downcast_ref().map(Values::Floats);
                let flags = || any.downcast_ref().map(Values::Flags);
                floats.or_else(flags).unwrap_or_else(|| Values::Other(crate::column::in_words(dtype)))
            }
        }
    }

    /// The cell of a row.
    pub fn get(&self, row: usize) -> GivenValue<'_> {
        use polars_arrow::array::StaticArray;
        let other = |cell: Option<String>| cell.map_or(GivenValue::Missing, GivenValue::Other);
        match self {
            Values::Texts(texts) => texts.get(row).map_or(GivenValue::Missing, GivenValue::cell),
            Values::Whole(numbers) => numbers.get(row).map_or(GivenValue::Missing, GivenValue::Whole),
            Values::Floats(numbers) => other(numbers.get(row).filter(|number| !number.is_nan()).map(|n| n.to_string())),
            Values::Days(days) => match days.get(row) {
                Ok(day) => day.map_or(GivenValue::Missing, GivenValue::Day),
                Err(fault) => GivenValue::Other(fault),
            },
            Values::Flags(flags) => other(flags.get(row).map(|flag| flag.to_string())),
            Values::Other(what) => GivenValue::Text(Cow::Borrowed(what)),
        }
    }
}
