import Testing

@testable import WasmFormat

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct TypeTests {
    @Test func numbersOfTypesStayClearOfTheCodesOfAbstractTypes() {
        #expect(TypeRegistry.hasRoom(for: [0, 0xEF_FFFF]))
        #expect(!TypeRegistry.hasRoom(for: [1, 0xF0_0000]))
        #expect(HeapType(rawValue: 0xF0_0000).isConcrete && !HeapType.func.isConcrete)
    }

    @Test func valueTypesKeepTheirParts() {
        let type = ValueType.ref(.concrete(77), nullable: true)
        #expect(type.isReference && type.isNullable && type.isDefaultable)
        #expect(type.heapType.typeIndex == 77)
        #expect(type.kind == .ref)
        #expect(!type.withNullability(false).isDefaultable)
        #expect(ValueType.i64.kind == .i64)
        #expect(ValueType.funcref.description == "funcref")
        #expect(ValueType.ref(.concrete(1), nullable: false).description == "(ref 1)")
        #expect(ValueType.ref(.none, nullable: true).description == "nullref")
    }

    @Test func equivalentGroupsShareTheSmallestIndex() throws {
        // Two pairs of mutually recursive types, equal; then one that differs by finality; then a use of the second.
        let pair: (UInt8) -> [UInt8] = { first in
            [0x4E, 2, 0x60, 1, 0x63, first + 1, 0, 0x60, 1, 0x63, first, 0]
        }
        let module = try ModuleBuilder().vector(
            .type, [pair(0), pair(2), [0x50, 0, 0x60, 1, 0x63, 2, 0], [0x60, 1, 0x63, 3, 0], [0x60, 1, 0x63, 1, 0]]
        ).decode()
        #expect(module.canonicalTypeIndices == [0, 1, 0, 1, 4, 5, 5])
        #expect(module.recursionGroups.count == 5)
        #expect(module.functionType(typeIndex: 5).parameters == [.ref(.concrete(1), nullable: true)])
        #expect(module.types[2] == module.types[0])
    }

    @Test func typesMustBeDefinedBeforeTheirGroupEnds() {
        #expect(
            ModuleBuilder().vector(.type, [[0x60, 1, 0x63, 1, 0], [0x60, 0, 0]]).error()?.message == "unknown type 1")
        #expect(ModuleBuilder().vector(.type, [[0x4E, 2, 0x60, 1, 0x63, 1, 0, 0x60, 0, 0]]).error() == nil)
    }

    @Test func declaredSupertypesMustMatch() throws {
        let open: [UInt8] = [0x50, 0, 0x5F, 1, 0x7F, 0]
        #expect(ModuleBuilder().vector(.type, [open, [0x50, 1, 0, 0x5F, 2, 0x7F, 0, 0x7E, 1]]).error() == nil)
        #expect(
            ModuleBuilder().vector(.type, [open, [0x50, 1, 0, 0x5F, 1, 0x7E, 0]]).error()?.message
                == "sub type 1 does not match super type 0")
        #expect(
            ModuleBuilder().vector(.type, [[0x5F, 0], [0x50, 1, 0, 0x5F, 0]]).error()?.message
                == "sub type 1 does not match super type 0")
    }

    @Test func subtypingFollowsTheHierarchies() throws {
        let module = try ModuleBuilder().vector(
            .type,
            [[0x50, 0, 0x5F, 0], [0x50, 1, 0, 0x5F, 0], [0x50, 1, 1, 0x5F, 0], [0x60, 0, 0], [0x5E, 0x7F, 0]]
        ).decode()
        func isSubtype(_ a: HeapType, _ b: HeapType) -> Bool { module.isSubtype(a, of: b) }
        #expect(isSubtype(.concrete(2), .concrete(0)))
        #expect(!isSubtype(.concrete(0), .concrete(2)))
        #expect(isSubtype(.concrete(2), .struct) && isSubtype(.concrete(2), .any) && !isSubtype(.concrete(2), .array))
        #expect(isSubtype(.concrete(3), .func) && !isSubtype(.concrete(3), .any))
        #expect(isSubtype(.concrete(4), .array) && isSubtype(.none, .concrete(4)) && isSubtype(.nofunc, .concrete(3)))
        #expect(!isSubtype(.none, .concrete(3)) && !isSubtype(.none, .func) && isSubtype(.none, .i31))
        #expect(isSubtype(.i31, .eq) && isSubtype(.eq, .any) && !isSubtype(.any, .eq))
        #expect(module.isSubtype(.ref(.i31, nullable: false), of: .ref(.any, nullable: true)))
        #expect(!module.isSubtype(.ref(.i31, nullable: true), of: .ref(.any, nullable: false)))
    }

    @Test func registriesNumberEquivalentTypesOfAllModulesAlike() throws {
        let registry = TypeRegistry()
        let first = try ModuleBuilder().vector(
            .type, [[0x60, 0, 0], [0x50, 0, 0x5F, 0], [0x50, 1, 1, 0x5F, 1, 0x63, 1, 0]]
        ).decode()
        let second = try ModuleBuilder().vector(
            .type, [[0x60, 1, 0x7F, 0], [0x50, 0, 0x5F, 0], [0x50, 1, 1, 0x5F, 1, 0x63, 1, 0], [0x60, 0, 0]]
        ).decode()
        let registrations = [registry.register(first), registry.register(second)]
        let (a, b) = (registrations[0].numbers, registrations[1].numbers)
        #expect(b[1] == a[1] && b[2] == a[2] && b[3] == a[0] && !a.contains(b[0]))
        #expect(registry.register(first).numbers == a)
        #expect(registry.isSubtype(a[2], b[1]) && !registry.isSubtype(a[1], b[2]))
        #expect(registry.display(of: a[2]) == [a[1], a[2]])
        #expect(registry.register(FunctionType())?.numbers == [a[0]])
        #expect(registry.isSubtype(.concrete(a[2]), of: .struct) && registry.isSubtype(.none, of: .concrete(a[2])))
        #expect(registry.count == 4)
        withExtendedLifetime(registrations) {}
    }

    @Test func repeatedRecursiveGroupsOfOneModuleShareTheirNumbers() throws {
        // Twice the same recursive type, and a third time with another finality.
        let module = try ModuleBuilder().vector(
            .type, [[0x60, 1, 0x63, 0, 0], [0x60, 1, 0x63, 1, 0], [0x50, 0, 0x60, 1, 0x63, 2, 0]]
        ).decode()
        let numbers = TypeRegistry().register(module).numbers
        #expect(numbers == [0, 0, 1])
        #expect(module.types[1] == module.types[0])
        #expect(
            module.declaredType(1).composite
                == .function(FunctionType(parameters: [.ref(.concrete(1), nullable: true)])))
        #expect(module.declaredType(2) == module.types[2])
    }

    @Test func loneFunctionTypesReferToCanonicalNumbers() throws {
        let registry = TypeRegistry()
        let module = try ModuleBuilder().vector(.type, [[0x60, 0, 0], [0x60, 1, 0x63, 0, 0]]).decode()
        let registration = registry.register(module)
        let numbers = registration.numbers
        let type = FunctionType(parameters: [.ref(.concrete(numbers[0]), nullable: true)])
        #expect(registry.register(type)?.numbers == [numbers[1]])
        withExtendedLifetime(registration) {}
    }

    @Test func registriesCompareDeepHierarchiesAtOnce() throws {
        let types = (0..<60).map { $0 == 0 ? [0x50, 0, 0x5F, 0] : [0x50, 1, UInt8($0 - 1), 0x5F, 0] as [UInt8] }
        let registry = TypeRegistry()
        let registration = registry.register(try ModuleBuilder().vector(.type, types).decode())
        let numbers = registration.numbers
        for (depth, number) in numbers.enumerated() {
            #expect(registry.depth(of: number) == depth)
            #expect(registry.isSubtype(numbers[59], number))
            #expect(registry.isSubtype(number, numbers[30]) == (depth >= 30))
        }
        withExtendedLifetime(registration) {}
    }

    /// Modules with types of their own besides some that others have too.
    private func module(_ number: Int) throws -> WasmModule {
        let own: [UInt8] = (0..<12).map { number >> $0 & 1 == 0 ? 0x7F : 0x7E }
        return try ModuleBuilder().vector(
            .type,
            [
                [0x60, 0, 0],  // everybody's
                [0x50, 0, 0x5F, 12] + own.flatMap { [$0, 0] },
                [0x50, 1, 1, 0x5F, 13] + own.flatMap { [$0, 0] } + [0x63, 1, 0],
                [0x4E, 2, 0x60, 1, 0x63, 4, 0, 0x60, 2, 0x63, 3, 0x63, 2, 0],
            ]
        ).decode()
    }

    @Test func typesThatNobodyUsesAreForgotten() throws {
        let registry = TypeRegistry()
        let kept = registry.register(try module(0))
        #expect(registry.count == 5)
        var previous = registry.register(try module(1))
        for number in 2..<3000 {
            let next = registry.register(try module(number))
            #expect(registry.count == 13)
            // While both live, they share what is equal and nothing else.
            let shared = Set(previous.numbers).intersection(next.numbers)
            #expect(shared == [kept.numbers[0]])
            #expect(registry.isSubtype(next.numbers[2], next.numbers[1]))
            #expect(!registry.isSubtype(next.numbers[2], previous.numbers[1]))
            #expect(registry.type(of: next.numbers[3]).composite != registry.type(of: previous.numbers[3]).composite)
            previous = next
        }
        #expect(registry.capacity <= 17)
        #expect(registry.register(try module(0)).numbers == kept.numbers)
        withExtendedLifetime(kept) {}
    }

    @Test func typesLiveAsLongAsTypesThatReferToThem() throws {
        let registry = TypeRegistry()
        let first = try ModuleBuilder().vector(.type, [[0x60, 1, 0x7E, 0], [0x60, 1, 0x63, 0, 0]]).decode()
        var module: RegisteredTypes? = registry.register(first)
        let numbers = try #require(module?.numbers)
        var function: RegisteredTypes? = registry.register(
            FunctionType(results: [.ref(.concrete(numbers[1]), nullable: true)]))
        module = nil
        #expect(registry.count == 3)
        #expect(registry.type(of: numbers[1]).composite != registry.type(of: numbers[0]).composite)
        #expect(registry.register(first).numbers == numbers)
        let retained = registry.retain(.ref(.concrete(numbers[0]), nullable: false))
        function = nil
        #expect(registry.count == 1)
        #expect(!registry.isSubtype(numbers[1], numbers[0]) && !registry.isSubtype(numbers[0], 1000))
        withExtendedLifetime((module, function, retained)) {}
    }

    @Test func theSameTypesComeAndGoOnManyThreads() throws {
        let registry = TypeRegistry()
        let modules = try (0..<16).map(module)
        runOnThreads(4) { thread in
            for round in 0..<2000 {
                let a = registry.register(modules[(round + thread) % 16])
                let b = registry.register(modules[(round + thread) % 16])
                precondition(a.numbers == b.numbers && registry.isSubtype(a.numbers[2], b.numbers[1]))
            }
        }
        #expect(registry.count == 0)
    }
}

/// Runs a body on several threads at once.
private func runOnThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    final class Work: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
    let threads = (0..<count).map { index in
        var thread = pthread_t()
        pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(Work { body(index) }).toOpaque())
        return thread
    }
    for thread in threads { pthread_join(thread, nil) }
}
