import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Page } from "@/components/layout/page";
import { PageTitle } from "@/components/layout/page-title";
import { SignInForm } from "@/features/people/components/sign-in-form";
import { WRONG } from "@/lib/auth/credentials";
import { currentIdentity } from "@/lib/auth/identity";
import { samePath } from "@/lib/auth/paths";

export const metadata: Metadata = { title: "Sign in" };

type SearchParams = Promise<{ next?: string | string[]; error?: string | string[] }>;

const one = (value: string | string[] | undefined): string | null => (typeof value === "string" ? value : null);

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const { next, error } = await searchParams;
  const path = samePath(one(next));
  if (await currentIdentity()) redirect(path);
  return (
    <Page width="form">
      <PageTitle title="Sign in" sub="With the account that an administrator made for you." />
      <div className="mt-6 max-w-96">
        {/* next-auth's own address leads here with its word for a refusal. */}
        <SignInForm next={path} refusal={one(error) === "CredentialsSignin" ? WRONG : null} />
      </div>
    </Page>
  );
}
