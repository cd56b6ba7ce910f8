// Stubs made for machine signatures, many to a bank: a bank and its code live as long as somebody uses one of its stubs.

import TerraceCode
import TerraceThreads

/// The stubs of some signatures. Whoever keeps a stub's address, or runs in it, keeps the bank. Usable from any thread.
public final class StubBank: Sendable {
    let code: Code
    /// Weak: the table keeps its last banks. Written once, before anybody else has the bank.
    nonisolated(unsafe) private weak var stubs: SignatureStubs?
    /// Among all banks ever made.
    fileprivate let serial: UInt64
    private let signatures = Guarded<[StubSignature]>([])

    /// - Parameter stubs: is told when the bank dies; nil for one that lives as long as the process.
    init(code: Code, stubs: SignatureStubs?, serial: UInt64) {
        self.code = code
        self.stubs = stubs
        self.serial = serial
    }

    deinit { stubs?.forget(signatures.withLock { $0 }, bank: serial) }

    /// Gives a signature a number in this bank.
    func add(_ signature: StubSignature) -> UInt32 {
        signatures.withLock { signatures in
            signatures.append(signature)
            return UInt32(signatures.count - 1)
        }
    }

    var signatureCount: Int { signatures.withLock { $0.count } }
}

/// Which bank has the stubs of a signature.
final class SignatureStubs: Sendable {
    /// Signatures of one bank: few, so that one that is in use does not keep many others.
    static let bankCapacity = 64
    /// Banks that are kept whether or not they are in use: the last ones, for signatures that come again.
    static let keptBanks = 16

    private struct Place {
        weak var bank: StubBank?
        /// The bank's: what can be compared without keeping a bank, whose end takes the lock.
        var serial: UInt64
        var number: UInt32
    }

    private struct State {
        var places: [StubSignature: Place] = [:]
        /// New signatures go to the last.
        var recent: [StubBank] = []
        /// Signatures that the present bank has room for.
        var room = SignatureStubs.bankCapacity
        var nextSerial: UInt64 = 1
    }

    private let state = Guarded(State())

    /// The bank of a signature and its number there. The first new signatures go to `first`, which stays: most processes need
    /// no other. `make` makes a bank for more.
    func place(
        of signature: StubSignature, first: StubBank, make: (UInt64) throws(CodeError) -> StubBank
    ) throws(CodeError) -> (bank: StubBank, number: UInt32) {
        // Dropped when the lock is free again.
        var oldest: StubBank?
        defer { withExtendedLifetime(oldest) {} }
        return try state.withLock { (state) throws(CodeError) in
            if let place = state.places[signature], let bank = place.bank { return (bank, place.number) }
            if state.recent.isEmpty { state.recent.append(first) }
            if state.room == 0 {
                state.recent.append(try make(state.nextSerial))
                state.nextSerial += 1
                // The first bank is the process's.
                if state.recent.count > Self.keptBanks { oldest = state.recent.remove(at: 1) }
                state.room = Self.bankCapacity
            }
            let bank = state.recent[state.recent.count - 1]
            let number = bank.add(signature)
            state.room -= 1
            state.places[signature] = Place(bank: bank, serial: bank.serial, number: number)
            return (bank, number)
        }
    }

    /// The bank of some signatures is gone; those that have another by now keep it.
    fileprivate func forget(_ signatures: [StubSignature], bank serial: UInt64) {
        state.withLock { state in
            for signature in signatures where state.places[signature]?.serial == serial {
                state.places[signature] = nil
            }
        }
    }

    /// The banks that are there.
    var banks: [StubBank] {
        // Whoever is the last to keep a bank ends it, and that takes the lock: only the array outlives the closure.
        state.withLock { state in
            var serials: Set<UInt64> = []
            var banks = state.recent
            serials.formUnion(banks.map { $0.serial })
            for place in state.places.values where serials.insert(place.serial).inserted {
                if let bank = place.bank { banks.append(bank) }
            }
            return banks
        }
    }

    /// Signatures that have stubs.
    var signatureCount: Int { state.withLock { $0.places.count } }
}
