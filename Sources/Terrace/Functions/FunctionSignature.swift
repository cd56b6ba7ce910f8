// Types of functions at the embedding interface.

import WasmFormat

/// Parameter and result types of a function.
///
/// Types that refer to a module's own type definitions are given with canonical numbers, equal for equal types in all
/// modules of an engine.
public typealias FunctionSignature = WasmFormat.FunctionType
