// How many threads are worth starting.

import CTerrace

/// Processors that this process may use; at least 1. Stays what it was at first use.
let processorCount = max(1, Int(terrace_processor_count()))
