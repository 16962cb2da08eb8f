using Microsoft.Extensions.Logging;

namespace Relay.Telemetry;

/// <summary>What becomes of the queue's messages, as lines in the log.</summary>
internal sealed partial class QueueLog(ILogger<QueueLog> logger)
{
    /// <summary>Storage did not let a message be handled; a copy comes again after <paramref name="delay"/>.</summary>
    /// <param name="kind">What the message is.</param>
    /// <param name="times">How often it was put back by now.</param>
    public void Postponed(string kind, int times, TimeSpan delay, string reason) => LogPostponed(logger, kind, times, delay, reason);

    [LoggerMessage(LogLevel.Warning, "Message postponed, storage did not answer. Kind: {Kind}, Times: {Times}, Delay: {Delay}, Reason: {Reason}")]
    private static partial void LogPostponed(ILogger logger, string kind, int times, TimeSpan delay, string reason);
}
