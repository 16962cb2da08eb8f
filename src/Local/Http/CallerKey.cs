using System.Security.Cryptography;
using System.Text;

namespace Local.Http;

/// <summary>The key that callers have to send, as the Functions host wants it: in <c>x-functions-key</c> or in <c>?code=</c>.</summary>
public sealed class CallerKey(string key)
{
    private readonly byte[] _hash = Hash(key);

    /// <summary>Whether the request has the key. How long this takes says nothing about the key.</summary>
    public bool IsIn(HttpRequest request)
    {
        var given = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault() ?? "";
        return CryptographicOperations.FixedTimeEquals(Hash(given), _hash);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
