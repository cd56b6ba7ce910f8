// Tier 2: a function through all passes, and what comes out. One pass, one file; this one calls them in their order.

import TerraceABI
import TerraceAssembler
import TerraceCode
import TerraceCompilation
import WasmFormat
