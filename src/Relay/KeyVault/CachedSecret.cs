using Azure;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Logging;

namespace Relay.KeyVault;

/// <summary>One secret of the vault, kept for a while, so that the vault is neither asked for each message nor needed for each.</summary>
internal sealed partial class CachedSecret(Lazy<SecretClient> vault, string name, TimeProvider time, ILogger logger)
{
    /// <summary>How long a value is used without asking again.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(5);

    /// <summary>The vault is not asked again sooner, whoever wants to know.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>The same after it was asked in vain while there is a value to go on with.</summary>
    public static readonly TimeSpan PauseWhenAway = TimeSpan.FromSeconds(30);

    /// <summary>With this the two reads and the two posts that a message takes at most are over before its route's lease is.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    private readonly Lock _lock = new();
    private Task<Reading> _reading = Task.FromResult(new Reading(null, default, default));

    /// <summary>The value; null if there is none that could be read, which has been logged.</summary>
    /// <param name="fresh">Ask the vault, unless it was asked only just now.</param>
    public async Task<string?> ReadAsync(bool fresh, CancellationToken cancellation)
    {
        Task<Reading> reading;
        lock (_lock)
        {
            // Whoever comes while the vault is being asked waits for the same answer.
            if (_reading is { IsCompletedSuccessfully: true, Result: var last } && last.IsDue(fresh, time.GetUtcNow()))
            {
                _reading = AskAsync(last);
            }

            reading = _reading;
        }

        return (await reading.WaitAsync(cancellation)).Value;
    }

    /// <summary>Never throws, and is nobody's to cancel: more than one may wait for it.</summary>
    private async Task<Reading> AskAsync(Reading last)
    {
        await Task.Yield(); // Out of the lock.
        try
        {
            using var limit = new CancellationTokenSource(Longest, time);
            var secret = await vault.Value.GetSecretAsync(name, cancellationToken: limit.Token);
            var now = time.GetUtcNow();
            return new Reading(secret.Value.Value, now + KeptFor, now + Pause);
        }
        catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode == "SecretNotFound")
        {
            LogMissing(logger, name);
            return new Reading(null, default, time.GetUtcNow() + Pause);
        }
        catch (Exception e)
        {
            return InVain(last, VaultFailure.ReasonOf(e));
        }
    }

    private Reading InVain(Reading last, string reason)
    {
        if (last.Value is null)
        {
            LogUnknown(logger, name, reason);
            return new Reading(null, default, time.GetUtcNow() + Pause);
        }

        LogOutdated(logger, name, reason);
        return new Reading(last.Value, last.KeptUntil, time.GetUtcNow() + PauseWhenAway);
    }

    [LoggerMessage(LogLevel.Warning, "Secret not read again, the last value is used. Secret: {Secret}, Reason: {Reason}")]
    private static partial void LogOutdated(ILogger logger, string secret, string reason);

    [LoggerMessage(LogLevel.Error, "Secret not read, and there is no earlier value. Secret: {Secret}, Reason: {Reason}")]
    private static partial void LogUnknown(ILogger logger, string secret, string reason);

    [LoggerMessage(LogLevel.Error, "Secret missing, the vault has none of this name. Secret: {Secret}")]
    private static partial void LogMissing(ILogger logger, string secret);

    /// <summary>What the vault said last. A class, since a record's text would show the value.</summary>
    private sealed class Reading(string? value, DateTimeOffset keptUntil, DateTimeOffset notBefore)
    {
        public string? Value => value;

        public DateTimeOffset KeptUntil => keptUntil;

        public bool IsDue(bool fresh, DateTimeOffset now) => now >= notBefore && (fresh || value is null || now >= keptUntil);
    }
}
