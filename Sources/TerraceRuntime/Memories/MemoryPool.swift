// Reservations for guarded memories that are free for reuse. Mapping 8 GiB of address space and a module's image anew
// for every instance would cost more than the rest of instantiation together.

import TerraceThreads

/// An engine's free reservations.
final class MemoryPool: Sendable {
    private let capacity: Int
    // A reservation is owned by exactly one place: the list, or the memory that took it.
    private let free = Guarded<[GuardedReservation]>([])

    init(capacity: Int) { self.capacity = capacity }

    deinit { free.withLock { for reservation in $0 { reservation.release() } } }

    /// A clean reservation that shows `image` (or zeros) in its first `bytes` bytes; nil if the system refuses.
    func take(image: MemoryImage?, bytes: Int) -> GuardedReservation? {
        let recycled: GuardedReservation? = free.withLock { list in
            // The one used last is likeliest to be in the caches; one with the same image needs no new mapping.
            if let index = list.lastIndex(where: { $0.image === image }) { return list.remove(at: index) }
            return list.popLast()
        }
        guard var reservation = recycled ?? GuardedReservation.reserve() else { return nil }
        guard reservation.prepare(image: image, bytes: bytes) else {
            reservation.release()
            return nil
        }
        return reservation
    }

    /// Takes a reservation back.
    func give(_ reservation: GuardedReservation) {
        var reservation = reservation
        guard reservation.clean() else { return reservation.release() }
        let surplus: GuardedReservation? = free.withLock { list in
            list.append(reservation)
            return list.count > capacity ? list.removeFirst() : nil
        }
        surplus?.release()
    }
}
