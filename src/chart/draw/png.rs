//! Turns an SVG document into pixels, using only the fonts of the picture.

use ::png::PixelDimensions;
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::Tree;
use rustc_hash::FxHashMap;

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

/// Encodes opaque pixels without a row filter, which suits flat areas best: as places in a table of colours if that
/// shows them all, and otherwise as colours. A place takes a third of the bytes.
fn encode(pixmap: &Pixmap, scale: f32) -> Result<Vec<u8>> {
    let failed = |fault: ::png::EncodingError| Error::Draw(format!("the PNG cannot be written: {fault}"));
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, pixmap.width(), pixmap.height());
    encoder.set_depth(::png::BitDepth::Eight);
    // Pixels per metre, so that the picture appears on a page in its natural size.
    let density = (f64::from(scale) * MILLIMETRE * 1000.0).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: density, yppu: density, unit: ::png::Unit::Meter }));
    encoder.set_compression(::png::Compression::Balanced);
    encoder.set_filter(::png::Filter::NoFilter);
    let pixels = pixmap.data();
    let image = match table(&counts(pixels)) {
        Some((colours, places)) => {
            encoder.set_color(::png::ColorType::Indexed);
            encoder.set_palette(colours);
            indexed(pixels, &places)
        }
        None => {
            encoder.set_color(::png::ColorType::Rgb);
            let mut rgb = Vec::with_capacity(pixels.len() / 4 * 3);
            for pixel in pixels.chunks_exact(4) {
                rgb.extend_from_slice(&pixel[..3]);
            }
            rgb
        }
    };
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&image).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

/// The most colours of a table.
const MOST_COLOURS: usize = 256;
/// How many of the most frequent colours a table has exactly.
const EXACT: usize = 64;
/// The steps to which the other colours may be rounded. They are of single pixels on the edges of shapes, where half of
/// the largest step cannot be seen.
const STEPS: [u32; 4] = [1, 4, 8, 16];

type Rgb = [u8; 3];

/// How many pixels each colour has.
fn counts(pixels: &[u8]) -> FxHashMap<Rgb, u32> {
    let mut counts: FxHashMap<Rgb, u32> = FxHashMap::default();
    let (mut now, mut run) = ([255; 3], 0);
    // A plain loop, because iterators over millions of pixels are slow in unoptimised builds. Most pixels are like the
    // one before them.
    for pixel in pixels.chunks_exact(4) {
        if pixel[..3] != now {
            // Before the first pixel there is no run.
            if run > 0 {
                *counts.entry(now).or_default() += run;
            }
            (now, run) = ([pixel[0], pixel[1], pixel[2]], 0);
        }
        run += 1;
    }
    *counts.entry(now).or_default() += run;
    counts
}

/// A table of colours, and the place in it of each colour, if there are few enough.
fn table(counts: &FxHashMap<Rgb, u32>) -> Option<(Vec<u8>, FxHashMap<Rgb, u8>)> {
    let mut order: Vec<(Rgb, u32)> = counts.iter().map(|(colour, count)| (*colour, *count)).collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    STEPS.into_iter().find_map(|step| {
        let round = |channel: u8| (((u32::from(channel) + step / 2) / step * step).min(255)) as u8;
        let mut colours: Vec<Rgb> = Vec::new();
        let (mut known, mut places) = (FxHashMap::default(), FxHashMap::default());
        for (rank, (colour, _)) in order.iter().enumerate() {
            let shown = if rank < EXACT { *colour } else { colour.map(round) };
            let place = *known.entry(shown).or_insert_with(|| {
                colours.push(shown);
                colours.len() - 1
            });
            if place >= MOST_COLOURS {
                return None;
            }
            places.insert(*colour, place as u8);
        }
        Some((colours.concat(), places))
    })
}

/// The place of the colour of each pixel.
fn indexed(pixels: &[u8], places: &FxHashMap<Rgb, u8>) -> Vec<u8> {
    let mut out = Vec::with_capacity(pixels.len() / 4);
    let (mut now, mut place) = (None, 0);
    for pixel in pixels.chunks_exact(4) {
        if now != Some(&pixel[..3]) {
            now = Some(&pixel[..3]);
            place = places.get(&[pixel[0], pixel[1], pixel[2]]).copied().unwrap_or(0);
        }
        out.push(place);
    }
    out
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
        assert_eq!((info.width, info.height, info.color_type), (200, 100, ::png::ColorType::Indexed));
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

    #[test]
    fn colours_are_exact_if_there_are_few_and_nearly_so_if_there_are_more() {
        let show = |colours: &[Rgb]| {
            let pixels: Vec<u8> = colours.iter().flat_map(|[r, g, b]| [*r, *g, *b, 255]).collect();
            table(&counts(&pixels)).map(|(table, places)| {
                let shown = indexed(&pixels, &places);
                shown.iter().map(|place| table[3 * *place as usize..][..3].to_vec()).collect::<Vec<_>>()
            })
        };
        let few: Vec<Rgb> = (0..200).map(|i| [i, 255 - i, i / 2]).collect();
        assert_eq!(show(&few).expect("a table"), few.iter().map(|colour| colour.to_vec()).collect::<Vec<_>>());
        let more: Vec<Rgb> = (0..=255).flat_map(|i| [[i, i, i], [i, i, 0]]).collect();
        let shown = show(&more).expect("a table");
        let far = more.iter().zip(&shown).flat_map(|(a, b)| a.iter().zip(b).map(|(a, b)| a.abs_diff(*b))).max();
        assert!(far.is_some_and(|far| (1..=8).contains(&far)), "{far:?}");
        let many: Vec<Rgb> =
            (0..4096).map(|i: u32| [(i >> 8) as u8 * 16, (i >> 4 & 15) as u8 * 16, (i & 15) as u8 * 16]).collect();
        assert!(show(&many).is_none());
    }
}
