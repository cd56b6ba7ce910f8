import Testing

@testable import TerraceTiering

@Suite struct RequestHeapTests {
    private func request(
        _ function: UInt32, hotness: UInt32 = 1, isLoop: Bool = false, _ module: WeakGenerator = WeakGenerator()
    ) -> CompileRequest {
        CompileRequest(
            module: module, function: function, entry: isLoop ? .loop(0) : .call, bodyBytes: 10, hotness: hotness,
            time: 0)
    }

    private func drain(_ heap: inout RequestHeap) -> [UInt32] {
        var result: [UInt32] = []
        while let next = heap.popFirst() { result.append(next.function) }
        return result
    }

    @Test func theHottestComesFirstAndEqualsInTheirOrder() {
        var heap = RequestHeap()
        for function in 0..<100 as Range<UInt32> { heap.insert(request(function, hotness: function * 7 % 10)) }
        let order = drain(&heap)
        let expected = (0..<100 as Range<UInt32>).sorted { ($1 * 7 % 10, $0) < ($0 * 7 % 10, $1) }
        #expect(order == expected)
    }

    @Test func runningLoopsComeBeforeEverything() {
        var heap = RequestHeap()
        heap.insert(request(1, hotness: 1000))
        heap.insert(request(2, hotness: 1, isLoop: true))
        heap.insert(request(3, hotness: 2, isLoop: true))
        #expect(drain(&heap) == [3, 2, 1])
    }

    @Test func whatIsAskedForAgainBecomesMoreUrgent() {
        var heap = RequestHeap()
        let module = WeakGenerator()
        for function in 0..<10 as Range<UInt32> { heap.insert(request(function, hotness: 5, module)) }
        heap.raise(module, 7, .call)
        heap.raise(module, 7, .loop(0))
        heap.raise(WeakGenerator(), 8, .call)
        #expect(drain(&heap) == [7, 0, 1, 2, 3, 4, 5, 6, 8, 9])
    }

    @Test func aModulesRequestsGoTogether() {
        var heap = RequestHeap()
        let (one, other) = (WeakGenerator(), WeakGenerator())
        for function in 0..<50 as Range<UInt32> {
            heap.insert(request(function, hotness: function, function % 3 == 0 ? one : other))
        }
        #expect(heap.removeAll(of: one).count == 17)
        #expect(heap.removeAll(of: one).isEmpty)
        #expect(drain(&heap) == (0..<50).reversed().filter { $0 % 3 != 0 })
    }
}
