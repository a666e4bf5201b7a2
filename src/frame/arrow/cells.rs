//! A column of any type as text.

use chrono::DateTime;
use polars_arrow::array::{
    Array, BooleanArray, DictionaryArray, ListArray, PrimitiveArray, Utf8Array, Utf8ViewArray, get_display,
};
use polars_arrow::datatypes::{ArrowDataType, IntegerType, TimeUnit};
use polars_arrow::offset::Offset;
use polars_arrow::types::NativeType;

/// The cells of a column as text, in one piece of memory. A missing value is an empty cell.
#[derive(Debug, Default, Clone)]
pub struct TextCells {
    text: String,
    ends: Vec<usize>,
}

impl TextCells {
    /// The cell of a row.
    pub fn get(&self, row: usize) -> &str {
        let Some(end) = self.ends.get(row) else { return "" };
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..*end]
    }

    fn push(&mut self, cell: Option<&str>) {
        self.text.push_str(cell.unwrap_or_default());
        self.end();
    }

    fn end(&mut self) {
        self.ends.push(self.text.len());
    }

    /// The cells of an array.
    pub fn of(array: &dyn Array) -> TextCells {
        let mut cells = TextCells::default();
        let any = array.as_any();
        if let Some(array) = any.downcast_ref::<Utf8ViewArray>() {
            array.iter().for_each(|cell| cells.push(cell));
        } else if let Some(array) = any.downcast_ref::<Utf8Array<i64>>() {
            array.iter().for_each(|cell| cells.push(cell));
        } else if let Some(array) = any.downcast_ref::<Utf8Array<i32>>() {
            array.iter().for_each(|cell| cells.push(cell));
        } else if let Some(array) = any.downcast_ref::<BooleanArray>() {
            let word = |is: bool| if is { "true" } else { "false" };
            array.iter().for_each(|cell| cells.push(cell.map(word)));
        } else {
            match array.dtype() {
                ArrowDataType::Null => (0..array.len()).for_each(|_| cells.push(None)),
                ArrowDataType::Date32 => cells.days::<i32>(array, 1),
                ArrowDataType::Date64 => cells.days::<i64>(array, 86_400_000),
                ArrowDataType::Timestamp(unit, zone) => cells.moments(array, *unit, zone.is_some()),
                ArrowDataType::Dictionary(key, ..) => cells.looked_up(array, *key),
                ArrowDataType::List(_) => cells.lists::<i32>(array),
                ArrowDataType::LargeList(_) => cells.lists::<i64>(array),
                _ => cells.anything(array),
            }
        }
        cells
    }

    /// Days since 1970, each of so many units.
    fn days<N: NativeType + Into<i64>>(&mut self, array: &dyn Array, units: i64) {
        let Some(array) = array.as_any().downcast_ref::<PrimitiveArray<N>>() else { return self.anything(array) };
        for value in array.iter() {
            let day = value.map(|value| (*value).into().div_euclid(units));
            self.push(day.map(|day| day_of(day).unwrap_or_else(|| day.to_string())).as_deref());
        }
    }

    fn moments(&mut self, array: &dyn Array, unit: TimeUnit, zoned: bool) {
        let Some(array) = array.as_any().downcast_ref::<PrimitiveArray<i64>>() else { return self.anything(array) };
        let each = match unit {
            TimeUnit::Second => 1,
            TimeUnit::Millisecond => 1_000,
            TimeUnit::Microsecond => 1_000_000,
            TimeUnit::Nanosecond => 1_000_000_000,
        };
        const DAY: i64 = 86_400;
        for value in array.iter() {
            let shown = value.map(|value| {
                let seconds = value.div_euclid(each);
                if !zoned && value.rem_euclid(each) == 0 && seconds.rem_euclid(DAY) == 0 {
                    return day_of(seconds.div_euclid(DAY)).unwrap_or_else(|| value.to_string());
                }
                let at = DateTime::from_timestamp(seconds, 0);
                let zone = if zoned { "Z" } else { "" };
                at.map_or_else(|| value.to_string(), |at| at.format("%Y-%m-%dT%H:%M:%S").to_string() + zone)
            });
            self.push(shown.as_deref());
        }
    }

    fn looked_up(&mut self, array: &dyn Array, key: IntegerType) {
        match key {
            IntegerType::Int8 => self.of_keys::<i8>(array),
            IntegerType::Int16 => self.of_keys::<i16>(array),
            IntegerType::Int32 => self.of_keys::<i32>(array),
            IntegerType::Int64 => self.of_keys::<i64>(array),
            IntegerType::UInt8 => self.of_keys::<u8>(array),
            IntegerType::UInt16 => self.of_keys::<u16>(array),
            IntegerType::UInt32 => self.of_keys::<u32>(array),
            IntegerType::UInt64 => self.of_keys::<u64>(array),
            IntegerType::Int128 | IntegerType::UInt128 => self.anything(array),
        }
    }

    fn of_keys<K: polars_arrow::array::DictionaryKey>(&mut self, array: &dyn Array) {
        let Some(array) = array.as_any().downcast_ref::<DictionaryArray<K>>() else { return self.anything(array) };
        let values = TextCells::of(array.values().as_ref());
        for key in array.keys_iter() {
            self.push(key.map(|key| values.get(key)));
        }
    }

    /// The values of each list, with `; ` between them.
    fn lists<O: Offset>(&mut self, array: &dyn Array) {
        let Some(array) = array.as_any().downcast_ref::<ListArray<O>>() else { return self.anything(array) };
        for list in array.iter() {
            let values = list.as_ref().map(|list| (TextCells::of(list.as_ref()), list.len()));
            let texts = values.as_ref().map(|(cells, count)| (0..*count).map(|row| cells.get(row)).collect::<Vec<_>>());
            self.push(texts.map(|texts| texts.join("; ")).as_deref());
        }
    }

    /// Numbers, structures and whatever else there is, as they are printed.
    fn anything(&mut self, array: &dyn Array) {
        let show = get_display(array, "");
        for row in 0..array.len() {
            // Writing to memory cannot fail.
            let _ = show(&mut self.text, row);
            self.end();
        }
    }
}

/// A day as `YYYY-MM-DD`; `None` outside the calendar.
fn day_of(days: i64) -> Option<String> {
    let at = DateTime::from_timestamp(days.checked_mul(86_400)?, 0)?;
    Some(at.format("%Y-%m-%d").to_string())
}
