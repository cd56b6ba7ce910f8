// How an abnormal end of WebAssembly code is reported.

import TerraceABI
import TerraceCode
import WasmFormat

/// WebAssembly code ended abnormally: it trapped, was interrupted, or a host function that it called threw.
public struct Trap: Error, Sendable {
    /// Why code ended.
    public typealias Kind = TrapKind

    // A class, so that the error that hot functions may throw is one word.
    private final class Storage: Sendable {
        let kind: Kind
        let message: String
        let frames: [Frame]
        let omittedFrameCount: Int
        let hostError: (any Error)?
        let faultAddress: UInt?
        let interrupted: InterruptState?

        init(
            kind: Kind, message: String, frames: [Frame], omittedFrameCount: Int, hostError: (any Error)?,
            faultAddress: UInt?, interrupted: InterruptState?
        ) {
            self.kind = kind
            self.message = message
            self.frames = frames
            self.omittedFrameCount = omittedFrameCount
            self.hostError = hostError
            self.faultAddress = faultAddress
            self.interrupted = interrupted
        }
    }
    private let storage: Storage

    /// A function that was active when the trap happened.
    public struct Frame: Sendable, Hashable {
        /// Index in the module's function index space (imports first).
        public let functionIndex: UInt32
        /// From the module's name section or, failing that, an export.
        public let functionName: String?
        public let moduleName: String?
        /// Where the trapping or calling instruction begins, in bytes from the start of the module's binary; nil if unknown.
        public let bytecodeOffset: Int?
    }

    public var kind: Kind { storage.kind }
    /// In the words of the specification's test suite.
    public var message: String { storage.message }
    /// The active functions, innermost first: the first 32 and, of a deeper stack, the last 32.
    public var frames: [Frame] { storage.frames }
    /// How many frames are missing between the first 32 and the last 32 of ``frames``.
    public var omittedFrameCount: Int { storage.omittedFrameCount }
    /// What a host function threw.
    public var hostError: (any Error)? { storage.hostError }
    /// The address that faulted, for memory accesses out of bounds that the hardware found.
    public var faultAddress: UInt? { storage.faultAddress }
    /// Whose code was interrupted: a host function may pass on what happened in another store.
    var interrupted: InterruptState? { storage.interrupted }

    init(
        kind: Kind, message: String, frames: [Frame] = [], omittedFrameCount: Int = 0, hostError: (any Error)? = nil,
        faultAddress: UInt? = nil, interrupted: InterruptState? = nil
    ) {
        storage = Storage(
            kind: kind, message: message, frames: frames, omittedFrameCount: omittedFrameCount, hostError: hostError,
            faultAddress: faultAddress, interrupted: interrupted)
    }

    /// A trap of a kind without a backtrace: for host functions that want to trap.
    public init(_ kind: Kind) { self.init(kind: kind, message: kind.message) }

    /// An error of the host's as a trap, without a backtrace.
    public init(hostError: any Error) {
        self.init(kind: .hostError, message: Kind.hostError.message, hostError: hostError)
    }

    /// How many frames from either end of a deep stack are kept.
    static let framesFromEachEnd = 32
}

extension Trap: CustomStringConvertible {
    /// The message and the backtrace, one frame per line.
    public var description: String {
        var text = "wasm trap: \(message)"
        if let hostError { text += ": \(hostError)" }
        for (index, frame) in frames.enumerated() {
            if omittedFrameCount > 0, index == Self.framesFromEachEnd {
                text += "\n    … \(omittedFrameCount) frames omitted …"
            }
            let number = index < Self.framesFromEachEnd ? index : index + omittedFrameCount
            text += "\n    \(number): \(frame)"
        }
        return text
    }
}

extension Trap.Frame: CustomStringConvertible {
    public var description: String {
        var text = functionName.map(shortened) ?? "function \(functionIndex)"
        if let moduleName { text = "\(shortened(moduleName))!\(text)" }
        if let bytecodeOffset { text += " at 0x\(String(bytecodeOffset, radix: 16))" }
        return text
    }
}
