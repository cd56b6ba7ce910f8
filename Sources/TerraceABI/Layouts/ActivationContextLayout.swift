// The small raw record through which stubs, compiled code, the fault handler and the runtime pass control. The runtime's
// `ActivationRecord` is the same record as a struct.

/// Byte offsets of a store's activation context: one per store, used by one thread at a time.
public enum ActivationContextLayout {
    /// Host stack pointer to return to, while wasm code of the store is active; else 0. Points at what the entry stub
    /// pushed. Other threads read it: entry stubs write it before they load an entry cell.
    public static let hostStackPointer: Int32 = 0
    /// Top of the wasm stack: valid while host code runs. 16-aligned.
    public static let wasmStackPointer: Int32 = 8
    /// Program counter (inside wasm code) and frame pointer of the innermost wasm frame at the last exit or trap.
    public static let exitPC: Int32 = 16
    public static let exitFP: Int32 = 24
    /// ``TrapKind`` of a trap that was not described yet, 32 bits; else 0. Other threads read it: see `CodeRunner`.
    public static let trapKind: Int32 = 32
    /// Nonzero while an interrupt is requested, 32 bits; written by any thread.
    public static let interruptRequested: Int32 = 36
    /// Address that faulted, for memory traps found by the hardware; else 0.
    public static let faultAddress: Int32 = 40
    /// The runtime's store object (unretained).
    public static let owner: Int32 = 48
    /// Nonzero if `exitPC` is the instruction that trapped; 0 if it is an address that a call returns to. 32 bits.
    public static let exitIsTrap: Int32 = 56
    /// Floating-point control words, 32 bits each. The host's, while wasm code runs and the host's demands something
    /// else than ``FloatingPointControl/wasm``; 0 otherwise.
    public static let hostControlWord: Int32 = 60
    /// Constant: ``FloatingPointControl/wasm``, for the stubs to load.
    public static let wasmControlWord: Int32 = 64
    /// Where stubs put the present one to look at it.
    public static let controlWordScratch: Int32 = 68
    /// Nonzero while somebody waits for the store's thread to look at its stack (`CodeRunner`), 32 bits; written by any thread.
    public static let scanRequested: Int32 = 72
    /// Constant: two vectors of four f32 and their sum as ``FloatingPointControl/wasm`` makes it, 16 bytes each.
    public static let controlProbe: Int32 = 80
    public static let size = 128
}
