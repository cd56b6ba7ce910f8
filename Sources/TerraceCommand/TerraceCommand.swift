// The command line `terrace`: its subcommands and what every one of them does on failure.
import ArgumentParser
import Glibc
import TerraceWASI

@main
struct TerraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "terrace", abstract: "A WebAssembly engine.", version: "0.1.0",
        subcommands: [
            Run.self, Report.self, Validate.self, Compile.self, Wast.self, TextToBinary.self, BinaryToText.self,
            ObjectDump.self,
        ])

    static func main() {
        _ = StandardStreams.missing  // before anything is opened
        let line = SystemString.commandLine
        // ArgumentParser takes longer to look at a command line than a small program takes to run.
        if let options = RunOptions(quickly: line) { finish { try options.run() } }
        finish {
            do {
                var command = try parseAsRoot(line.map(\.escaped))
                guard let command = command as? any Subcommand else {
                    try command.run()
                    return 0
                }
                return try command.execute()
            } catch let failure as Failure {
                throw failure
            } catch {
                // Help and versions are answers; the rest is misuse.
                let isAnswer = exitCode(for: error) == .success
                let message = SystemString.readable(fullMessage(for: error)) + "\n"
                try Console.write(message, to: isAnswer ? STDOUT_FILENO : STDERR_FILENO)
                return isAnswer ? 0 : 2
            }
        }
    }

    /// Ends the process with the code that `body` returns.
    private static func finish(_ body: () throws -> Int32) -> Never {
        do {
            Glibc.exit(try body())
        } catch let failure as Failure {
            Console.complain(failure.message)
            Glibc.exit(failure.code)
        } catch {
            Console.complain("\(error)")
            Glibc.exit(1)
        }
    }
}

/// A subcommand, which yields the process's exit code.
protocol Subcommand: ParsableCommand {
    func execute() throws -> Int32
}

/// Why a command cannot do its work: a message for standard error, and the exit code.
struct Failure: Error {
    let message: String
    let code: Int32

    init(_ message: String, code: Int32 = 1) {
        self.message = message
        self.code = code
    }

    /// A command line that makes no sense.
    static func usage(_ message: String) -> Failure { Failure(message, code: 2) }
}
