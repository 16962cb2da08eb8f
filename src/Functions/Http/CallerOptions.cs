using Microsoft.Extensions.Configuration;
using Relay.Reports;

namespace Functions.Http;

/// <summary>Which identities may report.</summary>
/// <param name="AuthenticationOn">
/// Whether App Service authentication stands before this app. Without it, anybody can write the header that names a caller.
/// </param>
/// <param name="Role">The app role that a caller needs; null where App Service alone decides.</param>
public sealed record CallerOptions(bool AuthenticationOn, string? Role)
{
    /// <summary>Reads what the platform says of itself, and the role.</summary>
    public static CallerOptions Read(IConfiguration configuration) => new(
        string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase),
        configuration["Relay:CallerRole"] is { Length: > 0 } role ? role : null);

    /// <summary>The answer to a caller who may not report; null for one who may.</summary>
    public ReportAnswer? Refusal(Caller? caller) => (AuthenticationOn, caller) switch
    {
        (false, _) or (_, null) =>
            ReportAnswer.Unauthorized("A token of Microsoft Entra is needed that App Service authentication accepts."),
        _ when Role is not null && !caller.Roles.Contains(Role) =>
            ReportAnswer.Forbidden($"The caller needs the app role {Role}."),
        _ => null,
    };
}
