//! How well people tell colours apart: contrast, and what people with each kind of colour blindness see.

use crate::chart::draw::style::Rgb;
use crate::math::{cbrt, pow, square};

/// The kinds of colour blindness, with what linear light becomes: G. Machado, M. Oliveira, L. Fernandes, IEEE
/// Trans Vis Comput Graph 15 (2009), severity 1.
pub const KINDS: [(&str, [[f64; 3]; 3]); 3] = [
    (
        "protanopia",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deuteranopia",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritanopia",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

fn linear(Rgb(r, g, b): Rgb) -> [f64; 3] {
    [r, g, b].map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { pow((c + 0.055) / 1.055, 2.4) }
    })
}

/// The contrast of two colours, 1 to 21, as WCAG 2 defines it.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |colour: Rgb| {
        let [r, g, b] = linear(colour);
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

/// How far apart two colours are for people with a kind of colour blindness: the distance in CIE Lab, D65.
pub fn distance(a: Rgb, b: Rgb, matrix: &[[f64; 3]; 3]) -> f64 {
    let seen = |colour: Rgb| {
        let light = linear(colour);
        let through = |row: &[f64; 3]| (row[0] * light[0] + row[1] * light[1] + row[2] * light[2]).clamp(0.0, 1.0);
        lab([through(&matrix[0]), through(&matrix[1]), through(&matrix[2])])
    };
    let (a, b) = (seen(a), seen(b));
    (0..3).map(|k| square(a[k] - b[k])).sum::<f64>().sqrt()
}

/// CIE Lab of linear sRGB, D65.
fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505;
    let y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089;
    let f = |t: f64| if t > 0.008_856 { cbrt(t) } else { 7.787 * t + 16.0 / 116.0 };
    [116.0 * f(y) - 16.0, 500.0 * (f(x) - f(y)), 200.0 * (f(y) - f(z))]
}
