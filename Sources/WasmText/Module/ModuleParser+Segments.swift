// Element and data segments.

import WasmFormat

extension ModuleParser {
    // MARK: Elements

    /// What the items of an element segment are.
    private struct ElementItems {
        var count: UInt32 = 0
        /// Function indices rather than expressions.
        var areFunctions = false
        var type = EncodedType.nullFunc
    }

    /// `id? (table x)? (offset expr) items | id? declare? items`
    mutating func parseElementSegment() throws(SyntaxError) {
        _ = takeIdentifier()
        if takeWord(.declare) {
            let items = try readElementItems(mayOmitKind: false)
            elementSection.byte(items.areFunctions ? 3 : 7)
            writeKindAndItems(items, hasKind: true)
            return
        }
        var table: UInt32?
        var mayOmitKind = true
        if isAtOpen(.table) {
            cursor += 2
            table = try readIndex(.table)
            try expectClose()
            mayOmitKind = false
        } else if isIndex(token), peek(1).kind == .leftParenthesis {
            table = try readIndex(.table)  // the form of older specifications
        }
        guard token.kind == .leftParenthesis, !isAtReferenceType else {
            if table != nil { throw unexpected() }
            let items = try readElementItems(mayOmitKind: false)
            elementSection.byte(items.areFunctions ? 1 : 5)
            writeKindAndItems(items, hasKind: true)
            return
        }
        try readOffset()
        let items = try readElementItems(mayOmitKind: mayOmitKind)
        let isShort = (table ?? 0) == 0 && (items.areFunctions || items.type == .nullFunc)
        elementSection.byte((isShort ? 0 : 2) | (items.areFunctions ? 0 : 4))
        if !isShort { elementSection.unsigned(table ?? 0) }
        elementSection.append(expression)
        writeKindAndItems(items, hasKind: !isShort)
    }

    private mutating func writeKindAndItems(_ items: ElementItems, hasKind: Bool) {
        if hasKind {
            if items.areFunctions { elementSection.byte(0) } else { elementSection.type(items.type) }
        }
        elementSection.unsigned(items.count)
        elementSection.append(segmentItems)
    }

    /// Reads the items, encoded, into `segmentItems`. `expression` keeps its contents.
    private mutating func readElementItems(mayOmitKind: Bool) throws(SyntaxError) -> ElementItems {
        segmentItems.removeAll()
        var items = ElementItems()
        if isAtReferenceType {
            items.type = try readReferenceType()
            try readElementExpressions(&items)
        } else {
            items.areFunctions = true
            if !takeWord(.func) {
                guard mayOmitKind, isIndex(token) || token.kind == .rightParenthesis else { throw unexpected() }
            }
            try readFunctionIndices(&items)
        }
        return items
    }

    private mutating func readFunctionIndices(_ items: inout ElementItems) throws(SyntaxError) {
        while token.kind != .rightParenthesis {
            segmentItems.unsigned(try readIndex(.function))
            items.count += 1
        }
    }

    private mutating func readElementExpressions(_ items: inout ElementItems) throws(SyntaxError) {
        while token.kind != .rightParenthesis {
            body.removeAll()
            if isAtOpen(.item) {
                cursor += 2
                try parseInstructions(.sequence)
                try expectClose()
            } else {
                guard token.kind == .leftParenthesis else { throw unexpected() }
                try parseInstructions(.oneFolded)
            }
            body.byte(0x0B)
            segmentItems.append(body)
            items.count += 1
        }
    }

    /// The elements in a table's definition: `(elem x*)` or `(elem expr*)`, the cursor behind `elem`. Writes an active
    /// segment and gives the number of items.
    mutating func parseInlineElements(table: UInt32, type: EncodedType, is64: Bool) throws(SyntaxError) -> UInt32 {
        segmentItems.removeAll()
        var items = ElementItems()
        items.type = type
        if isIndex(token) {
            if type == .nullFunc {
                items.areFunctions = true
                try readFunctionIndices(&items)
            } else {
                while token.kind != .rightParenthesis {
                    segmentItems.opcode(.of(.refFunc))
                    segmentItems.unsigned(try readIndex(.function))
                    segmentItems.byte(0x0B)
                    items.count += 1
                }
            }
        } else {
            try readElementExpressions(&items)
        }
        let isShort = table == 0 && type == .nullFunc
        elementSection.byte((isShort ? 0 : 2) | (items.areFunctions ? 0 : 4))
        if !isShort { elementSection.unsigned(table) }
        elementSection.byte(is64 ? 0x42 : 0x41)
        elementSection.byte(0)
        elementSection.byte(0x0B)
        writeKindAndItems(items, hasKind: !isShort)
        return items.count
    }

    // MARK: Data

    /// `id? ((memory x)? (offset expr))? string*`
    mutating func parseDataSegment() throws(SyntaxError) {
        _ = takeIdentifier()
        let isOldForm = isIndex(token) && peek(1).kind == .leftParenthesis
        if token.kind == .leftParenthesis || isOldForm {
            var memory: UInt32 = 0
            if isOldForm {
                memory = try readIndex(.memory)
            } else if isAtOpen(.memory) {
                cursor += 2
                memory = try readIndex(.memory)
                try expectClose()
            }
            try readOffset()
            dataSection.byte(memory == 0 ? 0 : 2)
            if memory != 0 { dataSection.unsigned(memory) }
            dataSection.append(expression)
        } else {
            dataSection.byte(1)
        }
        try readStrings()
        dataSection.vector(string)
    }

    // MARK: Expressions

    /// `(offset expr)` or one folded instruction, into `expression` with its end.
    private mutating func readOffset() throws(SyntaxError) {
        body.removeAll()
        if isAtOpen(.offset) {
            cursor += 2
            try parseInstructions(.sequence)
            try expectClose()
        } else {
            guard token.kind == .leftParenthesis else { throw unexpected() }
            try parseInstructions(.oneFolded)
        }
        finishExpression()
    }

    /// Instructions up to the closing parenthesis, into `expression` with their end.
    mutating func readExpression() throws(SyntaxError) {
        body.removeAll()
        try parseInstructions(.sequence)
        finishExpression()
    }

    private mutating func finishExpression() {
        body.byte(0x0B)
        expression.removeAll()
        expression.append(body)
    }
}
