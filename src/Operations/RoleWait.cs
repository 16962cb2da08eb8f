using Azure;

namespace Operations;

/// <summary>Asks again while Azure says that a role is missing: one that was given a moment ago takes minutes to be known everywhere.</summary>
/// <remarks>https://learn.microsoft.com/azure/role-based-access-control/troubleshooting#symptom---role-assignment-changes-are-not-being-detected</remarks>
internal sealed class RoleWait(TimeProvider time, TextWriter output)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>What the request returns, once the role is known.</summary>
    public async Task<T> ForAsync<T>(Func<Task<T>> request)
    {
        var end = time.GetUtcNow() + Longest;
        for (var told = false; ; told = true)
        {
            try
            {
                return await request();
            }
            catch (RequestFailedException e) when (LacksRole(e) && time.GetUtcNow() < end)
            {
                if (!told)
                {
                    output.WriteLine($"Waiting for your new role to be known, at most {Longest.TotalMinutes:0} minutes …");
                }

                await Task.Delay(Pause, time);
            }
        }
    }

    /// <summary>Whether nobody gets an answer on this network, which waiting does not change.</summary>
    public static bool IsShutOut(Exception e) => e switch
    {
        AggregateException { InnerExceptions: [.., var last] } => IsShutOut(last), // Each attempt's own; the last one stands for all.
        RequestFailedException { Status: 0 } => true,
        RequestFailedException { Status: 403 } refused => !LacksRole(refused),
        _ => false,
    };

    /// <summary>Whether whoever asks has no role that allows it.</summary>
    // Storage has a code of its own for it; Key Vault says it within the text of a plain Forbidden.
    public static bool LacksRole(RequestFailedException e) =>
        e.Status == 403
        && (e.ErrorCode == "AuthorizationPermissionMismatch" || e.Message.Contains("ForbiddenByRbac", StringComparison.Ordinal));
}
