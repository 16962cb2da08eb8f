using Microsoft.AspNetCore.Http;
using Relay.Reports;

namespace Functions.Http;

/// <summary>Answers a request that should have a report.</summary>
internal static class ReportRequests
{
    /// <summary>What the relay says of it.</summary>
    /// <remarks>The host would say of another method that nothing is there, and so hide that the address is right.</remarks>
    public static async Task<IResult> AnswerAsync(this Relay.ReceiveReport receiveReport, HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method))
        {
            request.HttpContext.Response.Headers.Allow = HttpMethods.Post;
            return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
        }

        return new AnswerResult(await receiveReport.HandleAsync(
            new ReportRequest(request.Body, request.ContentType, request.Headers.ContentEncoding),
            request.HttpContext.RequestAborted));
    }
}
