//! Arithmetic on several series side by side, so that a processor computes them at once. It gives the same bits on every
//! machine, because it only adds, multiplies, divides and takes roots.

/// How many series are computed side by side.
pub const WIDTH: usize = 4;

/// A number of each of them.
pub type Lanes = [f64; WIDTH];

/// A number for each series.
pub fn each(of: impl FnMut(usize) -> f64) -> Lanes {
    std::array::from_fn(of)
}

/// The larger of two numbers.
pub fn larger(one: Lanes, other: Lanes) -> Lanes {
    each(|lane| if other[lane] > one[lane] { other[lane] } else { one[lane] })
}

/// The logarithm of a sum, from the logarithms of what is added.
pub fn logarithm_of_sum(logarithms: &[Lanes]) -> Lanes {
    let top = logarithms.iter().fold([f64::NEG_INFINITY; WIDTH], |top, own| larger(top, *own));
    let sum =
        logarithms.iter().fold([0.0; WIDTH], |sum: Lanes, own| each(|lane| sum[lane] + exp(own[lane] - top[lane])));
    each(|lane| top[lane] + logarithm(sum[lane]))
}

/// e to the power of x, within 1e-11 of it, for x from -700 to 700; the ends beyond. It has no branch and no table, so
/// that several are computed at once: the test needs millions.
pub fn exp(x: f64) -> f64 {
    /// Adding it rounds to a whole number, which is then in the lowest bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    /// ln 2 in 2 parts: the first is exact if multiplied by a whole number below 2,048.
    const LN_2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);
    let x = if x < -700.0 { -700.0 } else { x };
    let x = if x > 700.0 { 700.0 } else { x };
    let rounded = x * std::f64::consts::LOG2_E + ROUND;
    let whole = rounded - ROUND;
    let rest = x - whole * LN_2.0 - whole * LN_2.1;
    let mut sum = 1.0 / 362_880.0;
    for next in [40_320.0, 5_040.0, 720.0, 120.0, 24.0, 6.0, 2.0, 1.0, 1.0] {
        sum = sum * rest + 1.0 / next;
    }
    sum * f64::from_bits(rounded.to_bits().wrapping_add(1_023) << 52)
}

/// The natural logarithm of x, within 1e-12 of it or of itself, for x from 1e-300 to 1e300; of the ends beyond. Without a
/// branch or a table, as [`exp`].
pub fn logarithm(x: f64) -> f64 {
    /// The bits of the root of ½: what is below it belongs to the power of 2 before.
    const LEAST: u64 = 0x3FE6_A09E_667F_3BCD;
    /// 2 to the power of 52, whose lowest bits are a whole number.
    const WHOLE: f64 = 4_503_599_627_370_496.0;
    const BIAS: u64 = 1_100;
    let x = if x > 1e-300 { x } else { 1e-300 };
    let x = if x < 1e300 { x } else { 1e300 };
    let power = (x.to_bits().wrapping_sub(LEAST).wrapping_add(BIAS << 52)) >> 52;
    let rest = f64::from_bits(x.to_bits().wrapping_sub(power.wrapping_sub(BIAS) << 52));
    let power = f64::from_bits(WHOLE.to_bits() | power) - WHOLE - BIAS as f64;
    let ratio = (rest - 1.0) / (rest + 1.0);
    let square = ratio * ratio;
    let mut sum = 1.0 / 15.0;
    for next in [13.0, 11.0, 9.0, 7.0, 5.0, 3.0, 1.0] {
        sum = sum * square + 1.0 / next;
    }
    power * std::f64::consts::LN_2 + 2.0 * ratio * sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math;

    #[test]
    fn the_exponential_is_that_of_the_library() {
        for place in -140_000..=140_000_i32 {
            let x = f64::from(place) * 0.005;
            assert!((exp(x) / math::exp(x) - 1.0).abs() < 1e-11, "{x}");
        }
        assert!(exp(-1e9) > 0.0 && exp(-1e9) < 1e-300 && exp(1e9).is_finite() && exp(1e9) > 1e300);
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn the_logarithm_is_that_of_the_library() {
        for place in -138_000..=138_000_i32 {
            let x = math::exp(f64::from(place) * 0.005);
            assert!((logarithm(x) - math::ln(x)).abs() < 1e-12 * math::ln(x).abs().max(1.0), "{x}");
        }
        assert_eq!(logarithm(1.0), 0.0);
        assert!(logarithm(0.0) < -690.0 && logarithm(0.0).is_finite() && logarithm(f64::INFINITY).is_finite());
    }

    #[test]
    fn a_sum_of_very_small_numbers_has_a_logarithm() {
        let sum = logarithm_of_sum(&[[-2_000.0; WIDTH], [-2_000.0; WIDTH]]);
        assert!((sum[3] + 2_000.0 - std::f64::consts::LN_2).abs() < 1e-9);
    }
}
