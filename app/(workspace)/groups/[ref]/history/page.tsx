export { default, metadata } from "@/app/(workspace)/states/[ref]/history/page";
