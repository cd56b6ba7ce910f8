import ModuleSupport
import Testing

@testable import Terrace
@testable import TerraceRuntime

@Suite struct MemoryTests {
    @Test func memoryGrowsWithinItsLimits() throws {
        let instance = try makeInstance(
            """
            (module (memory (export "memory") 1 3)
              (func (export "grow") (param i32) (result i32) local.get 0 memory.grow)
              (func (export "size") (result i32) memory.size)
              (func (export "load") (param i32) (result i32) local.get 0 i32.load8_u))
            """)
        let memory = try #require(instance.memory())
        #expect(try instance.i32("grow", .i32(1)) == 1)
        #expect(memory.byteCount == 131072)
        #expect(try instance.i32("load", .i32(131071)) == 0)
        #expect(try instance.i32("grow", .i32(2)) == -1)
        #expect(try instance.i32("grow", .i32(-1)) == -1)
        #expect(memory.grow(by: 1) == 2)
        #expect(memory.grow(by: 1) == nil)
        #expect(try instance.i32("size") == 3)
        #expect(try instance.i32("grow", .i32(0)) == 3)
    }

    @Test func configurationLimitsMemories() throws {
        var configuration = Configuration()
        configuration.maximumMemoryBytes = 1 << 20
        configuration.maximumTableElements = 100
        let engine = try Engine(configuration)
        let store = try Store(engine)
        let text =
            "(module (memory 15) (table 90 funcref) (func (export \"m\") (result i32) i32.const 2 memory.grow)"
            + "(func (export \"t\") (result i32) ref.null func i32.const 11 table.grow))"
        let instance = try makeInstance(text, store: store)
        #expect(try instance.i32("m") == -1)
        #expect(try instance.i32("t") == -1)
        for text in ["(module (memory 17))", "(module (table 101 funcref))"] {
            let error = #expect(throws: InstantiationError.self) { try makeInstance(text, store: store) }
            guard case .limit? = error else { throw WrongResult() }
        }
    }

    @Test(arguments: ["", "i64 "])
    func bulkOperationsCheckFirstAndThenDoAll(_ addresses: String) throws {
        let type = addresses.isEmpty ? "i32" : "i64"
        let instance = try makeInstance(
            """
            (module (memory (export "memory") \(addresses)1)
              (data $d "0123456789")
              (func (export "init") (param \(type) i32 i32) local.get 0 local.get 1 local.get 2 memory.init $d)
              (func (export "drop") data.drop $d)
              (func (export "copy") (param \(type) \(type) \(type)) local.get 0 local.get 1 local.get 2 memory.copy)
              (func (export "fill") (param \(type) i32 \(type)) local.get 0 local.get 1 local.get 2 memory.fill))
            """)
        func address(_ value: Int64) -> Value {
            addresses.isEmpty ? .i32(Int32(truncatingIfNeeded: value)) : .i64(value)
        }
        let memory = try #require(instance.memory())
        try instance.call("init", address(100), .i32(2), .i32(5))
        #expect(try memory.readString(at: 100, count: 5) == "23456")
        try instance.call("copy", address(102), address(100), address(5))
        #expect(try memory.readString(at: 100, count: 7) == "2323456")
        try instance.call("copy", address(100), address(101), address(6))
        #expect(try memory.readString(at: 100, count: 7) == "3234566")
        try instance.call("fill", address(101), .i32(0x1_41), address(3))
        #expect(try memory.readString(at: 100, count: 7) == "3AAA566")
        func isOutOfBounds(_ name: String, _ arguments: Value...) throws -> Bool {
            let function = try #require(instance.function(name))
            return try catchTrap { try function.call(arguments) }.kind == .memoryOutOfBounds
        }
        #expect(try isOutOfBounds("init", address(0), .i32(6), .i32(5)))
        #expect(try isOutOfBounds("init", address(65530), .i32(0), .i32(10)))
        #expect(try isOutOfBounds("copy", address(65530), address(0), address(7)))
        #expect(try isOutOfBounds("copy", address(0), address(-1), address(2)))
        #expect(try isOutOfBounds("fill", address(65535), .i32(0), address(2)))
        #expect(try isOutOfBounds("fill", address(1), .i32(0), address(-1)))
        try instance.call("fill", address(65536), .i32(0), address(0))
        #expect(try isOutOfBounds("fill", address(65537), .i32(0), address(0)))
        try instance.call("drop")
        try instance.call("init", address(0), .i32(0), .i32(0))
        #expect(try isOutOfBounds("init", address(0), .i32(0), .i32(1)))
        #expect(try memory.readString(at: 100, count: 7) == "3AAA566")
    }

    @Test func initialContentsAreTheSameInEveryInstance() throws {
        let module = try makeModule(
            """
            (module (memory (export "memory") 3)
              (data (i32.const 65530) "across pages") (data (i32.const 65532) "XY") (data (i32.const 131072) "")
              (func (export "spoil") i32.const 65530 i32.const 0 i32.const 70000 memory.fill
                i32.const 2 memory.grow drop i32.const 200000 i32.const 7 i32.store))
            """)
        for round in 0..<5 {
            let instance = try Instance(try Store(sharedEngine), module)
            let memory = try #require(instance.memory())
            #expect(try memory.readString(at: 65530, count: 12) == "acXYss pages", "round \(round)")
            #expect(memory.byteCount == 3 * 65536)
            try instance.call("spoil")
            #expect(try memory.read(UInt8.self, at: 65530) == 0)
            #expect(try memory.read(Int32.self, at: 200000) == 7)
        }
        // A reservation that went back to the pool carries nothing into other modules.
        let other = try makeInstance("(module (memory (export \"memory\") 5))")
        let bytes = try #require(other.memory()).readBytes(at: 0, count: 5 * 65536)
        #expect(bytes.allSatisfy { $0 == 0 })
    }

    @Test func memoriesOfOtherPageSizesGrowAndCheck() throws {
        let instance = try makeInstance(
            """
            (module (memory (export "memory") 10 100000 (pagesize 1))
              (func (export "grow") (param i32) (result i32) local.get 0 memory.grow)
              (func (export "load") (param i32) (result i32) local.get 0 i32.load8_u)
              (func (export "store") (param i32 i32) local.get 0 local.get 1 i32.store8))
            """)
        try instance.call("store", .i32(9), .i32(77))
        #expect(try catchTrap { try instance.call("store", .i32(10), .i32(1)) }.kind == .memoryOutOfBounds)
        #expect(try instance.i32("grow", .i32(1)) == 10)
        #expect(try instance.i32("grow", .i32(90000)) == 11)
        #expect(try instance.i32("load", .i32(9)) == 77)
        #expect(try instance.i32("load", .i32(90010)) == 0)
        #expect(try catchTrap { try instance.call("load", .i32(90011)) }.kind == .memoryOutOfBounds)
        #expect(try instance.i32("grow", .i32(9990)) == -1)
    }

    @Test func sizesOf32BitMemoriesFitAnI32() throws {
        let instance = try makeInstance(
            """
            (module (memory (export "memory") 0 (pagesize 1)) (memory $large 0)
              (func (export "grow") (param i32) (result i32) local.get 0 memory.grow)
              (func (export "size") (result i32) memory.size)
              (func (export "grow large") (param i32) (result i32) local.get 0 memory.grow $large)
              (func (export "size large") (result i32) memory.size $large))
            """)
        // All 2^32 bytes, less one: one more could not be told.
        #expect(try instance.i32("grow", .i32(-1)) == 0)
        #expect(try instance.i32("size") == -1)
        #expect(try instance.i32("grow", .i32(1)) == -1)
        #expect(try #require(instance.memory()).pageCount == 0xFFFF_FFFF)
        #expect(try #require(instance.memory()).grow(by: 1) == nil)
        #expect(try instance.i32("grow large", .i32(65537)) == -1)
        #expect(try instance.i32("grow large", .i32(65536)) == 0)
        #expect(try instance.i32("size large") == 65536)
        #expect(try instance.i32("grow large", .i32(1)) == -1)
    }

    @Test func memoriesLargerThanTheirTypeAllowsAreRefused() throws {
        let store = try Store(sharedEngine)
        var type = MemoryType(limits: Limits(minimum: 1 << 32), pageSizeLog2: 0)
        let error = #expect(throws: ResourceLimitError.self) { try Memory(store, type) }
        #expect(error?.description.contains("4294967295 pages") == true)
        type = MemoryType(limits: Limits(minimum: 65537))
        #expect(throws: ResourceLimitError.self) { try Memory(store, type) }

        // Without the configuration's limit too.
        var configuration = Configuration()
        configuration.maximumMemoryBytes = .max
        configuration.maximumTableElements = .max
        let unlimited = try Store(try Engine(configuration))
        for size in [UInt64(1) << 47, 1 << 48, 1 << 62, .max >> 1, .max] {
            type = MemoryType(limits: Limits(minimum: size), is64: true, pageSizeLog2: 0)
            #expect(throws: ResourceLimitError.self) { try Memory(unlimited, type) }
            type = MemoryType(limits: Limits(minimum: 1), is64: true, pageSizeLog2: 0)
            #expect(try Memory(unlimited, type).grow(by: size) == nil)
            let table = TableType(element: .funcref, limits: Limits(minimum: size), is64: true)
            #expect(throws: EntityError.self) { try Table(unlimited, table) }
        }
    }

    @Test func builtinsZeroExtendI32Results() throws {
        let instance = try makeInstance(
            """
            (module (memory $m32 1 2) (memory $m64 i64 1 2) (table $t32 1 2 funcref) (table $t64 i64 1 2 funcref)
              (func (export "f") (result i32) i32.const 1 memory.grow $m32))
            """)
        let data = instance.storage.data
        #expect(BuiltinFunctions.memoryGrow(data, 0, 2) == 0xFFFF_FFFF)
        #expect(BuiltinFunctions.memoryGrow(data, 0, 1) == 1)
        #expect(BuiltinFunctions.memoryGrow(data, 1, 2) == -1)
        #expect(BuiltinFunctions.tableGrow(data, 0, 2, 0) == 0xFFFF_FFFF)
        #expect(BuiltinFunctions.tableGrow(data, 0, 1, 0) == 1)
        #expect(BuiltinFunctions.tableGrow(data, 1, 2, 0) == -1)
    }

    @Test func hostAccessesAreChecked() throws {
        let memory = try Memory(try Store(sharedEngine), MemoryType(limits: Limits(minimum: 1)))
        try memory.write(UInt64(0x0102_0304_0506_0708), at: 65528)
        #expect(try memory.read(UInt16.self, at: 65529) == 0x0607)
        #expect(throws: MemoryAccessError.self) { try memory.read(UInt32.self, at: 65533) }
        #expect(throws: MemoryAccessError.self) { try memory.read(UInt8.self, at: -1) }
        #expect(throws: MemoryAccessError.self) { try memory.write(1, at: UInt64.max) }
        #expect(throws: MemoryAccessError.self) { try memory.readBytes(at: 1, count: UInt64.max) }
        #expect(throws: MemoryAccessError.self) { try memory.writeBytes([1, 2], at: 65535) }
    }
}
