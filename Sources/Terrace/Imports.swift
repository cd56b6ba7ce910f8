// What an instance gets from outside.

import TerraceRuntime

/// Definitions for a module's imports, by module name and name. A later definition of a name replaces an earlier one.
public struct Imports {
    private struct Name: Hashable {
        var module: ExactName
        var name: ExactName

        init(_ module: String, _ name: String) {
            self.module = ExactName(module)
            self.name = ExactName(name)
        }
    }
    private var definitions: [Name: External] = [:]
    private var instances: [ExactName: Instance] = [:]

    public init() {}

    /// Defines one import.
    public mutating func define(_ module: String, _ name: String, _ value: External) {
        definitions[Name(module, name)] = value
    }

    /// Defines one import.
    public mutating func define(_ module: String, _ name: String, _ function: Function) {
        define(module, name, .function(function))
    }

    /// Defines all of an instance's exports under a module name.
    public mutating func defineModule(_ name: String, exportsOf instance: Instance) {
        instances[ExactName(name)] = instance
    }

    /// The definition of an import.
    public subscript(module: String, name: String) -> External? {
        definitions[Name(module, name)] ?? instances[ExactName(module)]?[name]
    }
}
