import { PageHead } from "@/ui/PageHead";

export function DashboardPage() {
  return <PageHead title="Sales activity" />;
}
