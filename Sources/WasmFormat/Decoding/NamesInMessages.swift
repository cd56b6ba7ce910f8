// How messages quote names that come from a module, which may be huge and hold anything.

/// A name as messages give it: of a huge one the beginning and its size, and no characters that a terminal obeys.
package func shortened(_ name: String) -> String {
    let limit = 80
    var text = ""
    for (count, scalar) in name.unicodeScalars.enumerated() {
        if count == limit { return text + "… (\(name.utf8.count) bytes)" }
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) {
            text += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
            text.unicodeScalars.append(scalar)
        }
    }
    return text
}
