using Microsoft.Extensions.Logging;
using Relay.Slack;
using Relay.Storage;

namespace Relay.Reports;

/// <summary>Takes a report in: once it answers 202, every event of it is in the queue.</summary>
public sealed partial class ReceiveReport(IMessageQueue queue, TimeProvider time, RelayMeter meter, ILogger<ReceiveReport> logger)
{
    /// <summary>Validates, redacts, packs and enqueues.</summary>
    /// <remarks>Whatever is wrong with the report is the answer; a body that breaks off throws what its stream throws.</remarks>
    public async Task<ReportAnswer> HandleAsync(ReportRequest request, CancellationToken cancellation)
    {
        var (json, refusal) = await ReportBody.ReadAsync(request, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }

        var (report, problems) = ReportParser.Parse(json);
        if (report is null)
        {
            return ReportAnswer.Invalid(problems);
        }

        try
        {
            foreach (var message in ReportPacker.Pack(RedactedReport.Of(report), time.GetUtcNow()))
            {
                await queue.SendAsync(message, TimeSpan.Zero, cancellation);
            }
        }
        catch (StorageUnavailableException e)
        {
            LogQueueUnavailable(logger, e.Message);
            return ReportAnswer.Unavailable();
        }

        meter.Accepted(report.Events.Count);
        // People read logs in terminals, which what a sender says must not command.
        LogAccepted(logger, report.Events.Count, CleanText.Line(report.Run.Source));
        return ReportAnswer.Accepted(report.Events.Count);
    }

    [LoggerMessage(LogLevel.Information, "Report accepted. Events: {Events}, Source: {Source}")]
    private static partial void LogAccepted(ILogger logger, int events, string source);

    [LoggerMessage(LogLevel.Warning, "Report not accepted, its sender keeps it. Reason: {Reason}")]
    private static partial void LogQueueUnavailable(ILogger logger, string reason);
}
