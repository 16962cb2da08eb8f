namespace Local.SlackEmulator;

/// <summary>Maps a request to the emulator and its reply to HTTP, late when the reply says so.</summary>
internal static class SlackAnswer
{
    public static async Task AnswerAsync(this HttpContext context, Func<string, SlackReply> answer)
    {
        // A held answer must not hold up the end of the process.
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            var body = await RequestBody.ReadAsync(context.Request, gone.Token);
            var reply = body is null ? new SlackReply(StatusCodes.Status413PayloadTooLarge, "payload_too_large") : answer(body);

            await Task.Delay(reply.Delay, context.RequestServices.GetRequiredService<TimeProvider>(), gone.Token);
            await WriteAsync(context.Response, reply, gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private static async Task WriteAsync(HttpResponse response, SlackReply reply, CancellationToken ct)
    {
        response.StatusCode = reply.Status;
        if (reply.RetryAfter is { } retryAfter)
        {
            response.Headers.RetryAfter = retryAfter;
        }

        if (reply.Body.Length > 0)
        {
            response.ContentType = reply.ContentType;
            await response.WriteAsync(reply.Body, ct);
        }
    }
}
