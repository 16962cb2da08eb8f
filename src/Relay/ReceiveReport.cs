using Relay.Messages;
using Relay.Reports;
using Relay.Routes;
using Relay.Storage;
using Relay.Telemetry;
using Relay.Text;

namespace Relay;

/// <summary>Takes a report in: once it answers 202, every event of it is in the queue.</summary>
public sealed class ReceiveReport
{
    private readonly IMessageQueue _queue;
    private readonly RouteTable _routes;
    private readonly TimeProvider _time;
    private readonly ReportLog _log;

    internal ReceiveReport(IMessageQueue queue, RouteTable routes, TimeProvider time, ReportLog log) =>
        (_queue, _routes, _time, _log) = (queue, routes, time, log);

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
            foreach (var message in ReportPacker.Pack(RedactedReport.Of(report), _time.GetUtcNow()))
            {
                await _queue.SendAsync(message.ToJson(), TimeSpan.Zero, cancellation);
            }
        }
        catch (StorageUnavailableException e)
        {
            _log.NotAccepted(e.Message);
            return ReportAnswer.Unavailable();
        }

        _log.Accepted(report.Events.Count, report.Run.Source);
        return ReportAnswer.Accepted(report.Events.Count, Warnings(report));
    }

    /// <summary>The failures reach people all the same, though not those who were meant.</summary>
    private IReadOnlyList<string> Warnings(Report report)
    {
        if (!_routes.IsUnknown(report.Channel))
        {
            return [];
        }

        _log.UnknownChannel(report.Channel ?? "", report.Run.Source);
        return [$"The relay has no route for the channel '{CleanText.Line(report.Channel)}': the default route is used."];
    }
}
