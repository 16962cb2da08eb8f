using System.Threading.RateLimiting;

namespace Local.Http;

/// <summary>How many reports are taken in at once.</summary>
/// <remarks>One can fill some MiB for as long as storage is slow, so that more of them are sent away unread.</remarks>
public sealed class ReportLimit : IDisposable
{
    /// <summary>More than any storage account takes side by side, and less than would fill the memory of a small machine.</summary>
    public const int AtOnce = 64;

    private readonly ConcurrencyLimiter _limiter = new(new() { PermitLimit = AtOnce, QueueLimit = 0 });

    /// <summary>A place, to be given back by disposing of it, unless it says that none was acquired.</summary>
    public RateLimitLease Enter() => _limiter.AttemptAcquire();

    /// <inheritdoc/>
    public void Dispose() => _limiter.Dispose();
}
