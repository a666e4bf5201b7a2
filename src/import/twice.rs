//! Keys that stand twice in one object of JSON. Readers keep one of the two values, so a person should know.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::words::{listed, many};

/// How many keys are named.
const MOST_NAMED: usize = 5;

/// What to say of keys that stand twice in an object of a text of JSON, or of lines of it. `None` if there are none, or if
/// it is not JSON.
pub fn note(text: &str) -> Option<String> {
    let mut twice = BTreeMap::new();
    let mut values = serde_json::Deserializer::from_str(text.trim_start_matches('\u{feff}'));
    while values.end().is_err() {
        if (Keys { twice: &mut twice }).deserialize(&mut values).is_err() {
            break;
        }
    }
    let objects = twice.values().copied().max()?;
    let named: Vec<String> = twice.keys().take(MOST_NAMED).map(|key| format!("`{key}`")).collect();
    let [key, stands] = if twice.len() == 1 { ["key", "stands"] } else { ["keys", "stand"] };
    let more = if twice.len() > MOST_NAMED { format!(" and {} more", twice.len() - MOST_NAMED) } else { String::new() };
    Some(format!(
        "the {key} {}{more} {stands} twice in one object ({}): the last value counts",
        listed(named.iter().map(String::as_str)),
        many(objects, "time")
    ))
}

/// Reads a value, and counts its keys that stand twice.
struct Keys<'k> {
    twice: &'k mut BTreeMap<String, usize>,
}

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        let mut seen: HashSet<String> = HashSet::new();
        while let Some(key) = object.next_key::<String>()? {
            object.next_value_seed(Keys { twice: &mut *self.twice })?;
            if seen.contains(&key) {
                *self.twice.entry(key).or_default() += 1;
            } else {
                seen.insert(key);
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Keys { twice: &mut *self.twice })?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_stand_twice_are_named() {
        let wanted = "the key `a` stands twice in one object (2 times): the last value counts";
        for text in
            ["{\"a\":1,\"a\":2}\n{\"a\":1}\n{\"a\":[],\"a\":null}\n", "[{\"b\":{\"a\":1,\"a\":2}},{\"a\":1,\"a\":1.5}]"]
        {
            assert_eq!(note(text).as_deref(), Some(wanted), "{text}");
        }
        assert_eq!(note("{\"a\":{\"a\":1}}\n{\"a\":true}"), None);
        assert_eq!(note("{\"a\":1"), None);
    }
}
