/**
 * Where each state stands among the tiles: by hand, so that neighbours are near each other and nobody is too small to be seen.
 * Codes are ISO 3166 alpha-3; a row here is a row of the drawing, north at the top.
 */
const ROWS = [
  "... ... ... ... ... ... ... ... ... ISL ... ... NOR SWE FIN ... ... ... ... ... ... ... ... ... ... ... ... ... ... ...",
  "... ... ... ... ... ... ... ... ... ... ... ... DNK ... EST ... ... ... ... ... ... ... ... ... ... ... ... ... ... ...",
  "... ... ... ... ... ... ... ... IRL GBR ... ... ... ... LVA ... ... ... ... ... ... ... ... ... ... ... ... ... ... ...",
  "... ... ... ... ... ... ... ... ... ... ... NLD DEU POL LTU BLR RUS ... ... ... ... ... ... ... ... ... ... ... ... ...",
  "CAN ... ... ... ... ... ... ... ... ... BEL LUX CZE SVK ... UKR ... ... ... ... ... ... ... ... ... ... ... ... ... ...",
  "USA ... ... ... ... ... ... ... ... ... FRA CHE LIE AUT HUN ROU MDA ... ... ... KAZ ... ... MNG ... ... ... ... ... ...",
  "... ... ... BHS ... ... ... ... PRT ESP AND MCO ITA SVN HRV SRB BGR ... GEO ... UZB KGZ ... CHN ... PRK ... ... ... ...",
  "MEX ... CUB HTI DOM KNA ATG ... ... ... ... SMR VAT ... BIH MNE MKD ... ARM AZE TKM TJK ... ... ... KOR JPN ... ... ...",
  "GTM BLZ JAM ... ... ... DMA ... ... ... ... ... ... MLT ... ALB GRC TUR ... ... ... AFG NPL BTN ... ... ... ... ... ...",
  "SLV HND ... ... ... ... LCA ... ... ... ... ... ... ... ... ... CYP LBN SYR IRQ IRN PAK IND BGD MMR LAO VNM ... ... ...",
  "... NIC ... ... ... VCT BRB ... ... ... ... MAR DZA TUN LBY EGY ISR PSE JOR SAU KWT ... LKA ... THA KHM ... PHL ... ...",
  "... CRI PAN ... TTO GRD ... ... CPV ... SEN MRT MLI NER TCD SDN ERI ... ... ... BHR QAT MDV ... MYS BRN ... PLW FSM MHL",
  "... ... COL VEN GUY SUR ... ... ... GMB GNB GIN BFA NGA CAF SSD ETH DJI ... YEM OMN ARE ... ... SGP IDN TLS PNG NRU KIR",
  "... ... ECU ... BRA ... ... ... SLE LBR CIV GHA TGO BEN CMR UGA KEN SOM ... ... ... ... ... ... ... ... ... SLB ... TUV",
  "... ... PER BOL PRY ... ... ... ... ... ... ... STP GNQ COG RWA TZA ... SYC ... ... ... ... ... ... ... AUS VUT FJI WSM",
  "... ... CHL ARG URY ... ... ... ... ... ... ... ... GAB COD BDI ... COM ... ... ... ... ... ... ... ... ... ... TON ...",
  "... ... ... ... ... ... ... ... ... ... ... ... ... AGO ZMB MWI ... MDG MUS ... ... ... ... ... ... ... ... NZL ... ...",
  "... ... ... ... ... ... ... ... ... ... ... ... ... NAM BWA ZWE MOZ ... ... ... ... ... ... ... ... ... ... ... ... ...",
  "... ... ... ... ... ... ... ... ... ... ... ... ... ... ZAF LSO SWZ ... ... ... ... ... ... ... ... ... ... ... ... ...",
];
const NOBODY = "...";

export type TilePlace = { row: number; column: number };

const places = new Map<string, TilePlace>();
for (const [row, line] of ROWS.entries()) {
  for (const [column, code] of line.split(" ").entries()) if (code !== NOBODY) places.set(code, { row, column });
}

/** The place of each tile by code, both counted from 0. */
export const TILE_PLACES: ReadonlyMap<string, TilePlace> = places;

/** How many rows and columns of tiles there are. */
export const TILE_ROWS = ROWS.length;
export const TILE_COLUMNS = Math.max(...ROWS.map((line) => line.split(" ").length));
