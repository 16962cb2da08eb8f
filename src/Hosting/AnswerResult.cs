using System.Globalization;
using Microsoft.AspNetCore.Http;
using Relay.Reports;

namespace Hosting;

/// <summary>Writes the relay's answer as HTTP.</summary>
public sealed class AnswerResult(ReportAnswer answer) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = wait.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        }

        return response.WriteAsync(answer.Body, httpContext.RequestAborted);
    }
}
