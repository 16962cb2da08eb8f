using Hosting;
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
        return place.IsAcquired ? await receiveReport.AnswerAsync(context.Request) : new AnswerResult(ReportAnswer.Busy());
    }
}
