;; References and null.
(module
  (func $g) (elem declare func $g)
  (func $f (param externref) (result i32)
    (i32.add (ref.is_null (local.get 0)) (ref.is_null (ref.func $g)))))

;; Graph
;; b0:
;;   v0 = ref.is_null p0:ref
;;   v1 = call functionReference(0L): ref
;;   v2 = ref.is_null v1
;;   v3 = i32.add v0, v2
;;   return v3
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 28                    sub rsp, 40
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 25 00 00 00              jb +0x38
;; b0:
;;   0013  31 c9                          xor ecx, ecx
;;   0015  48 85 ff                       test rdi, rdi
;;   0018  0f 94 c1                       sete cl
;;   001b  89 4d d8                       mov [rbp - 40], ecx
;;   001e  31 f6                          xor esi, esi
;;   0020  4d 8b 5e 20                    mov r11, [r14 + 32]
;;   0024  41 ff 53 58                    call [r11 + 88]
;;   0028  48 85 c0                       test rax, rax
;;   002b  0f 94 c0                       sete al
;;   002e  0f b6 c0                       movzx eax, al
;;   0031  8b 4d d8                       mov ecx, [rbp - 40]
;;   0034  01 c8                          add eax, ecx
;;   0036  c9                             leave
;;   0037  c3                             ret
;; outOfLine:
;;   0038  0f 0b                          ud2
