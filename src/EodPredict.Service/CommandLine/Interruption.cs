using System.Runtime.InteropServices;
using Spectre.Console;

namespace EodPredict.Service.CommandLine;

/// <summary>
/// Turns Ctrl-C, a hang-up and a request to terminate into a cancelled token. A second Ctrl-C ends the process at once, since a person pressed
/// it twice; what a program sends again, or a closing terminal along with the rest, changes nothing.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption() =>
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Interrupt(signal, !_source.IsCancellationRequested)),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Interrupt(signal, true)),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Interrupt(signal, true)),
        ];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Interrupt(PosixSignalContext signal, bool goesOn)
    {
        signal.Cancel = goesOn;
        if (!goesOn)
        {
            // A bar hides it.
            CommandConsole.Talk.Cursor.Show();
        }

        _source.Cancel();
    }
}
