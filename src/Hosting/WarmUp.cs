using Relay.Redaction;
using Relay.Reports;

namespace Hosting;

/// <summary>What is made ready while the process starts, beside everything else.</summary>
public static class WarmUp
{
    /// <summary>Begins it: the first report need not wait until the rules of redaction are compiled.</summary>
    public static void Begin() => _ = Task.Run(() => Redactor.Text(""));
}
