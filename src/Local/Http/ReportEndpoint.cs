using Relay;
using Relay.Reports;

namespace Local.Http;

/// <summary><c>POST /api/reports</c></summary>
public static class ReportEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapReports(this IEndpointRouteBuilder app) => app.MapPost("/api/reports", HandleAsync);

    private static async Task<IResult> HandleAsync(HttpContext context, ReportLimit limit, ReceiveReport receiveReport)
    {
        using var place = limit.Enter();
        var request = context.Request;
        return new AnswerResult(place.IsAcquired
            ? await receiveReport.HandleAsync(
                new ReportRequest(request.Body, request.ContentType, request.Headers.ContentEncoding),
                context.RequestAborted)
            : ReportAnswer.Busy());
    }
}
