// How many threads are worth starting.

import CTerrace

/// Processors that this process may use; at least 1.
let processorCount = max(1, Int(terrace_processor_count()))
