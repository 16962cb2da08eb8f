namespace Local.SlackEmulator;

internal static class FaultRules
{
    private const double LongestHang = 600;

    // HTTP allows no body with these, and the server would fail on one.
    private static readonly int[] WithoutBody = [204, 205, 304];

    /// <summary>Why a fault cannot be had, null when it can.</summary>
    public static string? Refuse(Fault fault) => fault switch
    {
        { Mode: FaultMode.Status, Status: null } => "status is needed in mode status",
        { Mode: FaultMode.Status, Seconds: not null } => "seconds belongs to mode hang",
        { Mode: FaultMode.Hang, Seconds: null } => "seconds is needed in mode hang",
        { Seconds: not (null or (> 0 and <= LongestHang)) } => "seconds is more than 0, at most 600",
        { Status: < 200 or > 599 } => "status is 200 to 599",
        { Body: null } => "body is a text",
        { Status: { } status, Body.Length: > 0 } when WithoutBody.Contains(status) => $"status {status} has no body",
        { Status: null, Body.Length: > 0 } or { Status: null, RetryAfter: not null } => "body and retryAfter need a status",
        { RetryAfter: { } header } when !IsHeader(header) => "retryAfter is 1 to 100 printable ASCII characters",
        { Count: < 1 } => "count is 1 or more",
        { Fraction: not (null or (>= 0 and <= 1)) } => "fraction is 0 to 1",
        { Count: not null, Fraction: not null } => "count and fraction exclude each other",
        { Destination: "" } => "destination is a name",
        _ => null,
    };

    private static bool IsHeader(string value) => value.Length is > 0 and <= 100 && value.All(c => c is >= ' ' and <= '~');
}
