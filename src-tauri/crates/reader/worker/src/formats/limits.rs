//! What a document may ask for at most. Beyond it stands [`reader::wire::Failure::TooLarge`].

/// Bytes that an archive may unpack to, all of its read parts together.
pub const UNPACKED: u64 = 512 << 20;
/// Entries of an archive.
pub const ENTRIES: usize = 20_000;
/// Above this size (bytes) an archive's part may not be [`RATIO`] times its packed size.
pub const RATIO_FROM: u64 = 32 << 20;
/// Unpacked to packed size.
pub const RATIO: u64 = 250;
/// Elements within elements, in XML and HTML. Real documents stay below 100; readers recurse at most so deep.
pub const DEPTH: usize = 256;
/// Elements and texts of one XML part.
pub const NODES: usize = 12_000_000;
/// Pages of a document.
pub const PAGES: usize = 100_000;
/// Blocks of a document.
pub const BLOCKS: usize = 100_000;
/// Bytes of text of a document.
pub const TEXT: usize = 256 << 20;
/// Bytes of a block: a longer one is parted at white space.
pub const BLOCK: usize = 12_000;
/// Characters after which a page of running text ends.
pub const STRETCH: usize = 3_000;
/// Rows of a sheet on one page.
pub const ROWS: usize = 200;
/// Columns of a sheet that are read: Excel's last one is `XFD`.
pub const COLUMNS: usize = 16_384;
/// Cells of a sheet, empty ones within a row counted.
pub const CELLS: usize = 8_000_000;
