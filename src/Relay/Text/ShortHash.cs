using System.Security.Cryptography;
using System.Text;

namespace Relay.Text;

/// <summary>A short name for a text of any length and letters, for blob names and metadata.</summary>
internal static class ShortHash
{
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
