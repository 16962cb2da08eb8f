namespace Benchmarks.Load;

/// <summary>What came of one report, and after what time.</summary>
/// <param name="Error">What came of it, unless it was accepted or refused for now.</param>
/// <param name="RetryAfter">When the relay wants a report again that it refused for now.</param>
public readonly record struct LoadAnswer(string? Error, TimeSpan? RetryAfter, TimeSpan Took)
{
    /// <summary>Whether every event of it is in the queue.</summary>
    public bool IsAccepted => Error is null && RetryAfter is null;

    /// <summary>What a response means to a sender.</summary>
    public static LoadAnswer Of(HttpResponseMessage response, TimeSpan took) => ((int)response.StatusCode, response.Headers.RetryAfter?.Delta) switch
    {
        (202, _) => new(null, null, took),
        (503, { } again) => new(null, again, took),
        var (status, _) => new($"HTTP {status}", null, took),
    };
}
