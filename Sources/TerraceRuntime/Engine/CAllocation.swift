// Zeroed memory from the C library, which gets large blocks straight from the system without touching them, and which
// can say no.

import Glibc

enum CAllocation {
    /// Zeroed memory, or nil if there is none. A count of 0 gives memory that may be freed and not used.
    static func zeroed<Element: BitwiseCopyable>(count: Int, of type: Element.Type) -> UnsafeMutablePointer<Element>? {
        calloc(max(count, 1), MemoryLayout<Element>.stride)?.assumingMemoryBound(to: Element.self)
    }

    static func free(_ pointer: UnsafeMutableRawPointer?) { Glibc.free(pointer) }
}
