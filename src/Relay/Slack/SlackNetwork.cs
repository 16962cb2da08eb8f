namespace Relay.Slack;

/// <summary>The network on the way to Slack, whatever library posts over it.</summary>
public static class SlackNetwork
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>A handler that sends the secret nowhere else: not after a redirect, and not into traces, which record addresses.</summary>
    /// <remarks>One of the host's factory would log whole webhook addresses.</remarks>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>What one post comes to: also that nothing came within ten seconds. Only the caller's cancellation throws.</summary>
    /// <param name="post">Posts once, until it is cancelled.</param>
    public static async Task<SlackReply> PostAsync(
        Func<CancellationToken, Task<SlackReply>> post,
        TimeProvider time,
        CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);

        try
        {
            return await post(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SlackReply(null, $"no reply within {Longest.TotalSeconds} seconds") { MayHaveArrived = true };
        }
    }
}
