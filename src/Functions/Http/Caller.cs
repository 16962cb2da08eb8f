using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Functions.Http;

/// <summary>Who calls, as App Service authentication found out.</summary>
/// <param name="Id">The object of the directory, or the application.</param>
/// <param name="Roles">What the caller may do, as the app's registration names it.</param>
/// <remarks>https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities</remarks>
public sealed record Caller(string Id, FrozenSet<string> Roles)
{
    /// <summary>Where App Service writes the caller, and whence it removes whatever the request brought along, while authentication is on.</summary>
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private static readonly string[] Ids =
    [
        "http://schemas.microsoft.com/identity/claims/objectidentifier", "oid", "azp", "appid",
        "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier", "sub",
    ];

    private static readonly string[] RoleTypes = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];

    /// <summary>The caller; null if the request names none that can be read.</summary>
    public static Caller? Of(HttpRequest request)
    {
        if (request.Headers[Header] is not [{ Length: > 0 } header])
        {
            return null;
        }

        try
        {
            using var principal = JsonDocument.Parse(Convert.FromBase64String(header));
            var claims = principal.RootElement.GetProperty("claims").EnumerateArray().Select(ReadClaim).ToList();
            var ids = Ids.Select(type => claims.FirstOrDefault(claim => claim.Type == type).Value);
            var roles = claims.Where(claim => RoleTypes.Contains(claim.Type)).Select(claim => claim.Value);
            return ids.FirstOrDefault(id => !string.IsNullOrWhiteSpace(id)) is { } id ? new Caller(id, roles.ToFrozenSet()) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Neither Base64, JSON nor a principal: it is nobody's.
            return null;
        }
    }

    private static (string Type, string Value) ReadClaim(JsonElement claim) =>
        (claim.GetProperty("typ").GetString() ?? "", claim.GetProperty("val").GetString() ?? "");
}
