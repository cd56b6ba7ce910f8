import Testing

@testable import TerraceRuntime

@Suite struct DeadlineHeapTests {
    @Test func theEarliestDeadlineIsAlwaysFirst() {
        let context = ActivationContext.allocate()
        defer { context.deallocate() }
        let targets = (0..<50).map { _ in InterruptState(context: context, stackLimit: 0) }
        var heap = DeadlineHeap()
        var expected: [Int: UInt64] = [:]
        var random: UInt64 = 1
        func next(_ bound: Int) -> Int {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(random >> 33) % bound
        }
        for step in 0..<5000 {
            let number = next(targets.count)
            if next(3) == 0 {
                heap.remove(targets[number])
                expected[number] = nil
            } else {
                // All times differ, so that one target is first.
                let time = UInt64(next(1000) * 10_000 + step)
                heap.insert(.init(nanoseconds: time, deadline: UInt64(step), target: targets[number]))
                expected[number] = time
            }
            let first = expected.min { $0.value < $1.value }
            #expect(heap.first?.nanoseconds == first?.value)
            #expect(heap.first?.target === first.map { targets[$0.key] })
        }
        while let first = heap.first {
            #expect(expected.values.min() == first.nanoseconds)
            heap.remove(first.target)
            expected = expected.filter { $0.value != first.nanoseconds }
        }
        #expect(expected.isEmpty)
        #expect(targets.allSatisfy { $0.heapIndex == -1 })
    }
}
