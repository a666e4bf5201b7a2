//! Arithmetic on several series side by side, so that a processor computes them at once. It gives the same bits on every
//! machine, because it only adds, multiplies, divides and takes roots.

/// How many series are computed side by side.
pub const WIDTH: usize = 4;

/// A number of each of them.
pub type Lanes = [f64; WIDTH];

/// A number for each series. Written out, because without optimisation a loop takes several times as long.
pub fn each(mut of: impl FnMut(usize) -> f64) -> Lanes {
    [of(0), of(1), of(2), of(3)]
}

/// The larger of two numbers.
pub fn larger(one: Lanes, other: Lanes) -> Lanes {
    each(|lane| if other[lane] > one[lane] { other[lane] } else { one[lane] })
}

/// The smaller of two numbers.
pub fn smaller(one: Lanes, other: Lanes) -> Lanes {
    each(|lane| if other[lane] < one[lane] { other[lane] } else { one[lane] })
}

/// Numbers to the power of a whole number, by multiplication alone.
pub fn to_the(mut base: Lanes, mut power: usize) -> Lanes {
    let mut product = [1.0; WIDTH];
    while power > 0 {
        if power & 1 == 1 {
            product = each(|lane| product[lane] * base[lane]);
        }
        base = each(|lane| base[lane] * base[lane]);
        power >>= 1;
    }
    product
}

/// The natural logarithm of x, within 1e-12 of it or of itself, for x from 1e-300 to 1e300; of the ends beyond. It has no
/// branch and no table, so that several are computed at once.
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
    fn the_logarithm_is_that_of_the_library() {
        for place in -138_000..=138_000_i32 {
            let x = math::exp(f64::from(place) * 0.005);
            assert!((logarithm(x) - math::ln(x)).abs() < 1e-12 * math::ln(x).abs().max(1.0), "{x}");
        }
        assert_eq!(logarithm(1.0), 0.0);
        assert!(logarithm(0.0) < -690.0 && logarithm(0.0).is_finite() && logarithm(f64::INFINITY).is_finite());
    }

    #[test]
    fn powers_are_those_of_the_library() {
        for power in [0, 1, 2, 7, 19, 256, 1_000] {
            let found = to_the([0.99, 0.5, 1.0, 0.0], power);
            let known = math::pow(0.99, power as f64);
            assert!((found[0] / known - 1.0).abs() < 1e-12 && found[2] == 1.0, "{power}");
            assert_eq!((found[1], found[3]), (math::pow(0.5, power as f64), if power == 0 { 1.0 } else { 0.0 }));
        }
    }
}
