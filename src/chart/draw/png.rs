//! Turns an SVG document into pixels, using only the fonts of the picture.

use ::png::PixelDimensions;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::Tree;

use crate::chart::draw::face::Fonts;
use crate::chart::draw::fallback;
use crate::chart::draw::svg::MILLIMETRE;
use crate::error::{Error, Result};

/// The longest side of a raster picture, in pixels.
const MOST_SIDE: f64 = 16_000.0;
/// The most pixels of a raster picture: 400 MB while it is being drawn.
const MOST_PIXELS: f64 = 100_000_000.0;

/// Rasterises `svg` on white, with `scale` pixels for each of its own, as an opaque PNG.
///
/// # Errors
/// [`Error::Draw`] if the scale is not a number above 0, the picture is too large, or the text is not
/// SVG.
pub fn png(svg: &str, scale: f32, fonts: &Fonts) -> Result<Vec<u8>> {
    if !(scale.is_finite() && scale > 0.0) {
        return Err(Error::Draw(format!("the scale cannot be {scale}: use a number above 0, such as 2")));
    }
    let tree = fallback::tree(svg, fonts)?;
    let (width, height) = pixels(&tree, scale)?;
    let mut pixmap = Pixmap::new(width, height)
        .ok_or_else(|| Error::Draw(format!("there is not enough memory for a picture of {width} × {height} pixels")))?;
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    encode(&pixmap, scale)
}

/// Returns the size of the raster picture if it can be drawn.
fn pixels(tree: &Tree, scale: f32) -> Result<(u32, u32)> {
    let side = |length: f32| (f64::from(length) * f64::from(scale)).ceil().max(1.0);
    let (width, height) = (side(tree.size().width()), side(tree.size().height()));
    if width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS {
        return Err(Error::Draw(format!(
            "a picture of {width} × {height} pixels, more than {MOST_SIDE} on a side or {MOST_PIXELS} in all; \
             use a smaller scale, fewer issues (--issue), or the SVG alone (--format svg)"
        )));
    }
    Ok((width as u32, height as u32))
}

/// Encodes opaque pixels without a row filter, which suits flat areas best.
fn encode(pixmap: &Pixmap, scale: f32) -> Result<Vec<u8>> {
    let failed = |fault: ::png::EncodingError| Error::Draw(format!("the PNG cannot be written: {fault}"));
    // A plain loop, because iterators over millions of pixels are slow in unoptimised builds.
    let mut rgb = Vec::with_capacity(pixmap.data().len() / 4 * 3);
    for pixel in pixmap.data().chunks_exact(4) {
        rgb.extend_from_slice(&pixel[..3]);
    }
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_depth(::png::BitDepth::Eight);
    // Pixels per metre, so that the picture appears on a page in its natural size.
    let density = (f64::from(scale) * MILLIMETRE * 1000.0).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: density, yppu: density, unit: ::png::Unit::Meter }));
    encoder.set_compression(::png::Compression::Balanced);
    encoder.set_filter(::png::Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&rgb).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="100" height="50" fill="#ff0000" fill-opacity="0.5"/><text x="5" y="30" font-family="Inter, sans-serif" font-size="20">Київ</text></svg>"##;

    #[test]
    fn pictures_have_their_size_and_are_opaque() {
        let bytes = png(SQUARE, 2.0, &Fonts::embedded()).expect("a small picture");
        let reader = ::png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().expect("a PNG");
        let info = reader.info();
        assert_eq!((info.width, info.height, info.color_type), (200, 100, ::png::ColorType::Rgb));
        assert_eq!(bytes, png(SQUARE, 2.0, &Fonts::embedded()).expect("a small picture"));
    }

    #[test]
    fn impossible_sizes_are_refused() {
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY, 161.0, 1e30] {
            assert!(png(SQUARE, scale, &Fonts::embedded()).is_err(), "{scale}");
        }
        assert!(png("<svg", 1.0, &Fonts::embedded()).is_err());
        assert!(png(SQUARE, 1e-9, &Fonts::embedded()).is_ok());
    }
}
