// The layout of an instance's raw data, which compiled code addresses from `CallingConvention.instance`, and of the small
// records that it points to. Both compilers, the stubs and the runtime read it here and nowhere else. All offsets are in bytes.

/// Byte offsets of an instance's data.
///
/// A fixed header is followed by one pointer per memory and table (to the records below), one 16-byte slot per global
/// (the value itself if the global is defined here, a pointer to the owner's slot if it is imported), and one pointer
/// per imported function (to its ``FunctionReferenceLayout`` record). Behind all that stand the records of the defined functions that
/// references can name, so that code knows a reference to one of them by its address.
@frozen public struct InstanceLayout: Sendable {
    // Header. The first two fields have the same offsets in a host function's record (``HostInstanceLayout``).
    /// Lowest stack pointer that a frame may reach; `UInt.max` while an interrupt is requested.
    @inlinable public static var stackLimit: Int32 { 0 }
    /// The store's ``ActivationContext``.
    @inlinable public static var context: Int32 { 8 }
    /// Base of memory 0 if that is a guarded 32-bit memory, else 0. Never changes during the instance's life.
    @inlinable public static var memory0Base: Int32 { 16 }
    /// Table of C functions, indexed by ``Builtin``. Read by the builtin stubs alone.
    @inlinable public static var builtins: Int32 { 24 }
    /// Table of addresses of builtin stubs, indexed by ``Builtin``. Compiled code calls these.
    @inlinable public static var builtinStubs: Int32 { 32 }
    /// Entry cells of the module's code.
    @inlinable public static var entryCells: Int32 { 40 }
    /// The runtime's object for this instance (unretained).
    @inlinable public static var owner: Int32 { 48 }
    /// Size of the header.
    @inlinable public static var headerSize: Int32 { 64 }

    public let memoriesOffset: Int32
    public let tablesOffset: Int32
    public let globalsOffset: Int32
    public let importsOffset: Int32
    /// Bytes up to the function records, a multiple of 16.
    public let size: Int32

    /// - Parameters: numbers of memories, tables and globals (imported ones included) and of imported functions.
    public init(memoryCount: Int, tableCount: Int, globalCount: Int, importedFunctionCount: Int) {
        func align(_ value: Int32) -> Int32 { (value + 15) & ~15 }
        memoriesOffset = Self.headerSize
        tablesOffset = memoriesOffset + 8 * Int32(memoryCount)
        globalsOffset = align(tablesOffset + 8 * Int32(tableCount))
        importsOffset = globalsOffset + 16 * Int32(globalCount)
        size = align(importsOffset + 8 * Int32(importedFunctionCount))
    }

    /// Where the pointer to a memory's ``MemoryRecordLayout`` record stands.
    @inlinable public func memory(_ index: Int) -> Int32 { memoriesOffset &+ 8 &* Int32(truncatingIfNeeded: index) }
    /// Where the pointer to a table's ``TableRecordLayout`` record stands.
    @inlinable public func table(_ index: Int) -> Int32 { tablesOffset &+ 8 &* Int32(truncatingIfNeeded: index) }
    /// Where a global's 16-byte slot stands: its value, or the address of its value if it is imported.
    @inlinable public func global(_ index: Int) -> Int32 { globalsOffset &+ 16 &* Int32(truncatingIfNeeded: index) }
    /// Where the function record of a number stands. Numbers count the defined functions that references can name.
    @inlinable public func functionRecord(_ number: Int) -> Int32 {
        size &+ Int32(truncatingIfNeeded: number &* FunctionReferenceLayout.size)
    }
    /// Where the pointer to an imported function's record stands.
    @inlinable public func importedFunction(_ index: Int) -> Int32 {
        importsOffset &+ 8 &* Int32(truncatingIfNeeded: index)
    }
}

/// A memory as compiled code sees it; shared by all instances that use the memory.
public enum MemoryRecordLayout {
    /// Address of the first byte. Changes on growth unless the memory is a guarded 32-bit one.
    @inlinable public static var base: Int32 { 0 }
    /// Current size in bytes.
    @inlinable public static var byteLength: Int32 { 8 }
    @inlinable public static var size: Int { 16 }
}

/// A table as compiled code sees it: 8-byte references.
public enum TableRecordLayout {
    /// Address of element 0. Changes on growth.
    @inlinable public static var base: Int32 { 0 }
    /// Current number of elements (64 bits).
    @inlinable public static var length: Int32 { 8 }
    @inlinable public static var size: Int { 16 }
}

/// What a function reference points to. The null reference is address 0.
public enum FunctionReferenceLayout {
    /// Address of the function's entry cell.
    @inlinable public static var cell: Int32 { 0 }
    /// Instance data of the function's instance, or a ``HostInstanceLayout`` record.
    @inlinable public static var instance: Int32 { 8 }
    /// Canonical id of the function's type, 32 bits.
    @inlinable public static var typeID: Int32 { 16 }
    /// Index of the function in its module, 32 bits; `UInt32.max` for host functions.
    @inlinable public static var functionIndex: Int32 { 20 }
    @inlinable public static var size: Int { 32 }
}

/// A host function's record: it stands where an instance's data would, in the instance register, while the host-call stub runs.
public enum HostInstanceLayout {
    @inlinable public static var stackLimit: Int32 { InstanceLayout.stackLimit }
    @inlinable public static var context: Int32 { InstanceLayout.context }
    /// 0, so that a call that loads the memory base from its callee's instance need not know whom it calls.
    @inlinable public static var memory0Base: Int32 { InstanceLayout.memory0Base }
    /// C function `(host instance, slots) -> Int32`: 0 = results are in the slots, otherwise a ``TrapKind`` raw value.
    @inlinable public static var entry: Int32 { 24 }
    /// The runtime's object for this host function (unretained).
    @inlinable public static var owner: Int32 { 48 }
    @inlinable public static var size: Int { 64 }
}
