using Hosting;
using Microsoft.AspNetCore.Http;

namespace Functions.Http;

/// <summary>Sends away what is not posted.</summary>
internal static class PostedReports
{
    /// <summary>The relay's answer to a report.</summary>
    /// <remarks>The host would say of another method that nothing is there, and so hide that the address is right.</remarks>
    public static Task<IResult> AnswerPostAsync(this Relay.ReceiveReport receiveReport, HttpRequest request)
    {
        if (HttpMethods.IsPost(request.Method))
        {
            return receiveReport.AnswerAsync(request);
        }

        request.HttpContext.Response.Headers.Allow = HttpMethods.Post;
        return Task.FromResult(Results.StatusCode(StatusCodes.Status405MethodNotAllowed));
    }
}
