using Microsoft.Extensions.Logging;
using Relay.Text;

namespace Relay.Telemetry;

/// <summary>What becomes of reports, as lines in the log and as numbers.</summary>
internal sealed partial class ReportLog(RelayMeter meter, ILogger<ReportLog> logger)
{
    /// <summary>Every event of a report is in the queue.</summary>
    public void Accepted(int events, string source)
    {
        meter.Accepted(events);

        // People read logs in terminals, which what a sender says must not command.
        LogAccepted(logger, events, CleanText.Line(source));
    }

    /// <summary>A report asks for a channel that is no route; the default one serves it.</summary>
    public void UnknownChannel(string channel, string source) => LogUnknownChannel(logger, CleanText.Line(channel), CleanText.Line(source));

    /// <summary>The queue did not take a report.</summary>
    public void NotAccepted(string reason) => LogNotAccepted(logger, reason);

    [LoggerMessage(LogLevel.Information, "Report accepted. Events: {Events}, Source: {Source}")]
    private static partial void LogAccepted(ILogger logger, int events, string source);

    [LoggerMessage(LogLevel.Warning, "Channel unknown, the default route is used. Channel: {Channel}, Source: {Source}")]
    private static partial void LogUnknownChannel(ILogger logger, string channel, string source);

    [LoggerMessage(LogLevel.Warning, "Report not accepted, its sender keeps it. Reason: {Reason}")]
    private static partial void LogNotAccepted(ILogger logger, string reason);
}
