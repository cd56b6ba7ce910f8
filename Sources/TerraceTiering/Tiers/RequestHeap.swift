// Requests for better code, the most urgent first.

import TerraceCompilation

/// A function that shall be compiled for the second tier.
struct CompileRequest {
    /// What a request knows of the module: nothing keeps the module alive.
    let module: WeakGenerator
    let function: UInt32
    let entry: CodeEntry
    let bodyBytes: Int
    /// Bytes that the function has executed, for each that it consists of.
    var hotness: UInt32
    /// When it was asked for.
    let time: UInt64
    /// Older ones have smaller numbers.
    var number: UInt64 = 0

    /// A running loop gains at once, and there is nothing else that its thread could do for it.
    private var isLoop: Bool { entry != .call }

    func isMoreUrgent(than other: CompileRequest) -> Bool {
        if isLoop != other.isLoop { return isLoop }
        if hotness != other.hotness { return hotness > other.hotness }
        return number < other.number
    }
}

/// A module's generator, as long as somebody else keeps it.
final class WeakGenerator: @unchecked Sendable {  // written once, before anybody else knows of it
    weak var generator: ModuleGenerator?
}

/// A binary heap of requests.
struct RequestHeap {
    private var requests: [CompileRequest] = []
    private var nextNumber: UInt64 = 0

    var count: Int { requests.count }
    var first: CompileRequest? { requests.first }

    mutating func insert(_ request: CompileRequest) {
        requests.append(request)
        requests[requests.count - 1].number = nextNumber
        nextNumber += 1
        siftUp(requests.count - 1)
    }

    mutating func popFirst() -> CompileRequest? {
        guard let first = requests.first else { return nil }
        let last = requests.removeLast()
        if !requests.isEmpty {
            requests[0] = last
            siftDown(0)
        }
        return first
    }

    /// Raises the urgency of a request, if it is here: its function is hotter than it was.
    mutating func raise(_ module: WeakGenerator, _ function: UInt32, _ entry: CodeEntry) {
        let index = requests.firstIndex { $0.function == function && $0.entry == entry && $0.module === module }
        guard let index else { return }
        requests[index].hotness = requests[index].hotness &* 2 | 1
        siftUp(index)
    }

    /// Takes out all requests of a module.
    mutating func removeAll(of module: WeakGenerator) -> [CompileRequest] {
        let removed = requests.filter { $0.module === module }
        guard !removed.isEmpty else { return [] }
        requests.removeAll { $0.module === module }
        for index in stride(from: requests.count / 2 - 1, through: 0, by: -1) { siftDown(index) }
        return removed
    }

    private mutating func siftUp(_ start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard requests[index].isMoreUrgent(than: requests[parent]) else { return }
            requests.swapAt(index, parent)
            index = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        while true {
            var best = index
            for child in [2 * index + 1, 2 * index + 2] where child < requests.count {
                if requests[child].isMoreUrgent(than: requests[best]) { best = child }
            }
            guard best != index else { return }
            requests.swapAt(index, best)
            index = best
        }
    }
}
