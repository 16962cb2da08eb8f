using System.Globalization;
using Relay.Reports;

namespace Local.Http;

/// <summary><c>POST /api/reports</c></summary>
public static class ReportEndpoint
{
    /// <summary>Maps it.</summary>
    public static void MapReports(this IEndpointRouteBuilder app) => app.MapPost("/api/reports", HandleAsync);

    private static async Task HandleAsync(HttpContext context, CallerKey key, ReceiveReport receiveReport)
    {
        var request = context.Request;
        var answer = key.IsIn(request)
            ? await receiveReport.HandleAsync(
                new ReportRequest(request.Body, request.ContentType, request.Headers.ContentEncoding),
                context.RequestAborted)
            : ReportAnswer.Unauthorized();

        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        await context.Response.WriteAsync(answer.Body, context.RequestAborted);
    }
}
